#!/usr/bin/env python3
"""Django's commands. `./run manage …` calls this with the project's own environment."""
import os
import sys

OWNERS_COMMANDS = {"makemigrations", "migrate", "setup", "prepare_database", "demo", "dbshell", "flush", "sqlflush", "test", "bench"}
BENCH = {"HALLKEEPER_INSTANCE": "bench", "HTTPS": "off", "LOG_LEVEL": "ERROR"}  # it runs on servers of its own


def main():
    """Run one command; those that change the schema run as the owner of the database, all others as the application."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNERS_COMMANDS:
        os.environ.setdefault("DATABASE_AS_OWNER", "on")
    if sys.argv[1:2] == ["bench"]:
        os.environ.update(BENCH | {"HALLKEEPER_INSTANCE": os.environ.get("HALLKEEPER_INSTANCE", BENCH["HALLKEEPER_INSTANCE"])})
    from config import env
    from config.stack import roomy

    with env.one_sentence():
        from django.conf import settings
        from django.core.management import execute_from_command_line

        _ = settings.SECRET_KEY
        roomy(execute_from_command_line)(sys.argv)


if __name__ == "__main__":
    main()
