"""How a page asks for a module: with all that it imports named at once, so that the browser does not find them one behind the other."""
import re
from functools import cache
from pathlib import Path, PurePosixPath

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

register = template.Library()
IMPORT = re.compile(r'^\s*(?:import|export)\b[^"\']*["\'](\.[^"\']+)["\']', re.MULTILINE)


@register.simple_tag
@cache
def module(path):
    """The script of this static path, with a hint for each module below it; a path that does not exist is an error of the page's author."""
    hints = format_html_join("", '<link rel="modulepreload" href="{}">', ((static(one),) for one in imported(path)))
    return format_html('{}<script type="module" src="{}"></script>', hints, static(path))


@cache
def imported(path):
    """The static paths of all modules that the one at `path` imports, itself left out, in the order in which they are met."""
    met, open_ = {}, [path]
    while open_:
        one = open_.pop(0)
        found = finders.find(one)
        if found is None:
            raise ValueError(f"There is no static file {one}.")
        for name in IMPORT.findall(Path(found).read_text(encoding="utf-8")):
            child = str(PurePosixPath(one).parent / name.removeprefix("./"))
            if child != path and child not in met:
                met[child] = True
                open_.append(child)
    return tuple(met)
