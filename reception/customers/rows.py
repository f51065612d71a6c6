"""The rows of a customer's page that may be many; drawn without a template, since templates would take most of the page's time."""
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk

NOTHING = ""


def talk(row, *, edits):
    """One communication with the entries it corrected; `edits` whether this person may correct it."""
    head = format_html('<p><strong>{}</strong> · {} · {} · <span class="name">{}</span>{}</p>', row.topic, word(row, "method"), row.hall, row.entered_by,
                       format_html(' <a class="talk__c" href="{}">{}<span class="vh"> {}</span></a>', addresses.of("correct_communication", row.pk),
                                   _("Correct"), row.topic) if edits else NOTHING)
    opinion = format_html('<blockquote class="quote">{}</blockquote>', linebreaksbr(row.opinion)) if row.opinion else NOTHING
    answer = told(_("Our answer"), linebreaksbr(row.answer)) if row.answer else NOTHING
    step = told(_("Next step"), row.next_step) if row.next_step else NOTHING
    return format_html('<li id="communication-{}"><span class="tl__t">{}</span><div>{}{}{}{}{}</div></li>', row.pk, hk.when(row.at), head, opinion, answer,
                       step, format_html_join("", "{}", ((corrected(was),) for was in row.earlier)))


def told(label, text):
    """A line of what was said, after what it is."""
    return format_html('<p><span class="mut">{}</span> {}</p>', label, text)


def corrected(was):
    """What stood there before a correction, and who corrected it why."""
    row = was["row"]
    said = (hk.when(row.at), word(row, "method"), row.topic, row.opinion, row.answer, row.next_step)
    return format_html('<p class="dim">{} {}</p><p><del class="was">{}</del></p>', _("Corrected by %(who)s: %(reason)s") % {
        "who": was["by"], "reason": was["reason"]}, hk.when(was["at"]), format_html_join(" · ", "{}", ((part,) for part in said if part)))


def contact(row, token, *, edits):
    """One way to reach the customer, masked; `token` guards the forms in it, `edits` whether this person may change it."""
    main = format_html(' <span class="dim">{}</span>', _("main")) if row.is_primary else NOTHING
    extension = format_html(' <span class="dim">{} {}</span>', _("ext."), row.extension) if row.extension else NOTHING
    return format_html('<tr><th scope="row">{}{}</th><td data-th="{}">{}{}</td>{}</tr>', word(row, "kind"), main, _("Number or address"),
                       masked(row, token), extension, format_html('<td class="r"><span class="cluster cluster--end">{}</span></td>',
                                                                  changes(row, token)) if edits else NOTHING)


def masked(row, token):
    """The number as everybody may see it, and the button that shows it in full (parts/show_phone.html once it was pressed)."""
    address = addresses.of("show_contact", row.pk)
    return format_html('<span class="phone"><span class="num">{0}</span><form class="inline-form" method="post" action="{1}" hx-post="{1}" '
                       'hx-target="closest .phone" hx-swap="outerHTML">{2}<button class="lnk" title="{3}">{4}<span class="vh"> {0}</span></button></form>'
                       "</span>", row.masked, address, hk.guard(token), _("Each look is on record."), _("Show"))


def changes(row, token):
    """What may be done with a contact."""
    links = format_html_join("", '<a href="{}">{}<span class="vh"> {}</span></a>', (
        (addresses.of(page, row.pk), label, row.masked) for page, label in (("correct_contact", _("Correct")), ("remove_contact", _("Remove")))))
    if row.is_primary:
        return links
    return format_html('{}<form class="inline-form" method="post" action="{}">{}<button class="lnk">{}</button></form>', links,
                       addresses.of("main_contact", row.pk), hk.guard(token), _("Make it the main one"))
