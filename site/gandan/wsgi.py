import os

from django.core.wsgi import get_wsgi_application

from gandan.alphabet import always_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.settings")

application = always_utf8(get_wsgi_application())
