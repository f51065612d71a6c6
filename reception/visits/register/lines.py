"""Rows of a register that are no visits: titles, subtotals, totals, lines for signatures, remarks."""

import re

from reception.visits.register.columns import Field
from reception.visits.register.numerals import plain
from reception.visits.register.problems import Reason

EVIDENCE = (Field.ARRIVED, Field.NAME, Field.PHONE, Field.PARTY, Field.PURPOSE)  # what makes a row a visit
SAYS_MORE = (Field.LEFT, Field.HOST, Field.INTEREST, Field.SOURCE, Field.BUDGET, Field.FLOOR_AREA, Field.STYLE,
             Field.COMPANY, Field.ADDRESS, Field.EMAIL, Field.OUTCOME)

_COUNTED = r"(?:\s*[:：].*|\s+.*|\s*[0-9].*)?"  # the word for a total stands alone or before what it counts
_SUBTOTAL = re.compile(rf"(?:小[计計]|本[日周週月页頁](?:小?[计計]|[合累][计計])|sub-?\s?total){_COUNTED}")
_TOTAL = re.compile(rf"(?:[合总總累共][计計]|[总總][数數]|grand\s?total|totals?|sum){_COUNTED}")
_SIGNATURE = re.compile(
    r"(?:审核|審核|制表|製表|填表|填报|复核|複核|核对|核對|主管|经理|經理|店长|店長|负责|負責|值班|登记)"
    r"(?:人员?)?(?:签字|签名|簽字|簽名|确认)?\s*[:：].*"
    r"|(?:签字|签名|簽字|簽名|盖章|審核人|审核人|制表人|填表人)\s*[:：]?\s*.*"
    r"|(?:signature|signed|checked by|reviewed by|approved by|prepared by)\b.*")
_NOBODY = re.compile("以下空白|无人来访|無人來訪|无访客|无来访|無來訪|休息日|今日休息|店休|放假|闭店|閉店|停业|停業|"
                     "nobody|no visitors?|closed")
_DAY = re.compile("(?:[0-9]|[一二三四五六七八九十])\\s*[月/.\\-]\\s*(?:[0-9]|[一二三四五六七八九十])")
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十]")
_SENTENCE = re.compile("[0-9：:，,。！!；;]")


def reason_of(row, fields, words):
    """Why this row is no visit, or None when it is one.

    `fields` is {field: [text, ...]} of its mapped cells that are not blank, `words` the texts of the heading rows.
    """
    texts = [plain(text) for place, text in enumerate(row.texts) if text and place not in row.inherited]
    if is_heading_again(row.texts, words):
        return Reason.HEADINGS
    counted = _total_line(texts, fields)
    if counted:
        return counted
    if _SIGNATURE.fullmatch(texts[0]) and not fields.get(Field.ARRIVED) and not fields.get(Field.PURPOSE):
        return Reason.SIGNATURE
    if _is_lone_remark(texts, fields):
        return Reason.REMARK
    told = [field for field in EVIDENCE if fields.get(field)]
    if len(texts) == 1 and row.span >= 3:
        return Reason.DAY if _DAY.search(texts[0]) else Reason.REMARK
    if told:
        return None
    if fields.get(Field.DATE) and not any(fields.get(field) for field in SAYS_MORE):
        is_day = len(texts) <= 2 and not fields.get(Field.NOTE) and _FIGURE.search(fields[Field.DATE][0])
        return Reason.DAY if is_day else Reason.REMARK
    if len(texts) == 1 and fields.get(Field.NUMBER):
        return Reason.NUMBER_ONLY if re.fullmatch("[0-9]+[.、]?", texts[0]) else Reason.REMARK
    return None if sum(1 for field in SAYS_MORE if fields.get(field)) >= 2 else Reason.REMARK


def is_heading_again(texts, words):
    """Whether a row repeats the words of the headings, as printed pages do: three at least, and most of its cells."""
    same = sum(1 for text in texts if text and text in words)
    return same >= min(3, len(words)) and same > 1 and same * 2 > sum(1 for text in texts if text)


def _is_lone_remark(texts, fields):
    """A line with no more than one thing in it that is no visitor: nobody came, closed, blank from here, a sentence."""
    said = [text for field in (Field.NAME, Field.PURPOSE) for text in fields.get(field, ())]
    if len(said) != 1 or any(fields.get(field) for field in (Field.ARRIVED, Field.PHONE, Field.PARTY)):
        return False
    return bool(_NOBODY.search(said[0])) or (len(texts) == 1 and (len(said[0]) > 10 or bool(_SENTENCE.search(said[0]))))


def _total_line(texts, fields):
    """A line that counts others: it begins with the word for it, or has it before a number, and tells no arrival."""
    if fields.get(Field.ARRIVED):
        return None
    for text in texts[:3]:
        for pattern, reason in ((_SUBTOTAL, Reason.SUBTOTAL), (_TOTAL, Reason.TOTAL)):
            if pattern.fullmatch(text):
                return reason
    return None
