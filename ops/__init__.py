"""The programs behind the Makefile.

`environment` and the engines need nothing but Python; the rest run with the Python of .venv.
"""
