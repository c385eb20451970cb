import os

from django.core.wsgi import get_wsgi_application

from gandan.alphabet import always_utf8
from gandan.whole_body import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.settings")

application = whole_bodies(always_utf8(get_wsgi_application()))
