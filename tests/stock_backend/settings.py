"""Our settings with the models that modelsearch tests its backends on, in a database beside that of our own tests."""

import os

from gandan.settings import *  # noqa: F403
from gandan.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "modelsearch.test.testapp"]
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": f"gandan_stock_{os.getpid()}"}
