"""The tag that shows a box which a room brought to a page (config.contributions.panels)."""
from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context, one):
    """The template of one panel, with the page's variables and the panel's own."""
    with context.push(**one):
        return context.template.engine.get_template(one["template"]).render(context)
