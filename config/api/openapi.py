"""The OpenAPI 3.1 description, made from the list pages themselves: a filter or column that changes there changes here."""
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

USUAL, MOST = 50, 200  # rows of an answer
VALUE = {"type": ["string", "number", "boolean", "null"]}
TEXT = {"type": "string"}
LIST = {"type": "object", "required": ["name", "kind", "title", "url"], "properties": dict.fromkeys(("name", "kind", "title", "url"), TEXT)}
INDEX = {"type": "object", "required": ["lists", "openapi"], "properties": {"lists": {"type": "array", "items": LIST}, "openapi": TEXT}}
ERROR = {"type": "object", "required": ["error"], "properties": {"error": TEXT, "fields": {"type": "array", "items": TEXT}}}


def document(pages, viewer):
    """The description of these {name: list page}, with the filters this person is offered."""
    paths = {reverse("api"): operation("api", _("The lists that this token reads"), INDEX),
             reverse("api_openapi"): operation("api_openapi", _("This description"), {"type": "object"})}
    for name, page in pages.items():
        paths[reverse("api_list", args=[name])] = operation(name, page.title, rows(page), parameters(page, viewer))
        paths[reverse("api_list", args=[name]) + "{id}/"] = operation(f"{name}_row", page.title, row(page), [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}])
    return {"openapi": "3.1.0", "info": {"title": "Hallkeeper", "version": "1"}, "paths": paths, "security": [{"token": []}],
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": {"Error": ERROR}}}


def operation(name, title, schema, parameters=()):
    """What one address answers."""
    refused = {"description": _("Refused, with one sentence"), "content": json_of({"$ref": "#/components/schemas/Error"})}
    return {"get": {"operationId": name, "summary": str(title), "parameters": list(parameters),
                    "responses": {"200": {"description": str(title), "content": json_of(schema)},
                                  **{str(status): refused for status in (400, 401, 403, 404, 405, 429)}}}}


def json_of(schema):
    """A body of this shape."""
    return {"application/json": {"schema": schema}}


def parameters(page, viewer):
    """Filters, order and paging."""
    fields = page.filters({}, viewer=viewer).fields if page.filters else {}
    sorts = sorted({column.sort for column in page.columns if column.sort} | {page.default_sort.lstrip("-")})
    found = [(name, str(field.label or name), schema(field)) for name, field in fields.items()]
    orders = [sign + sort for sort in sorts for sign in ("", "-")]
    found += [("sort", _("The order of the rows"), {**TEXT, "enum": orders, "default": page.default_sort}),
              ("limit", _("How many rows"), {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
              ("after", _("The place to go on from, out of next"), TEXT)]
    return [{"name": name, "in": "query", "required": False, "description": label, "schema": kind} for name, label, kind in found]


def schema(field):
    """What a filter takes."""
    if isinstance(field, forms.DateField):
        return {"type": "string", "description": "YYYY-MM-DD, today, today-6"}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": TEXT}
    if isinstance(field, forms.BooleanField):
        return {"type": "string", "enum": ["on"]}
    return TEXT


def rows(page):
    """A page of rows, and the address of the next."""
    return {"type": "object", "required": ["rows", "next"],
            "properties": {"rows": {"type": "array", "items": row(page)}, "next": {"type": ["string", "null"]}}}


def row(page):
    """One row."""
    columns = {column.key: {**VALUE, "description": str(column.label)} for column in page.columns}
    return {"type": "object", "required": ["id", *columns], "properties": {"id": {"type": "integer"}, **columns}}
