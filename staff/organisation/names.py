"""The key that orders people as a list of Chinese names does, and under which they are found by what somebody types."""
from pypinyin import Style, lazy_pinyin, pinyin

SURNAMES = {"曾": "zeng", "单": "shan", "單": "shan", "解": "xie", "仇": "qiu", "区": "ou", "區": "ou", "查": "zha", "任": "ren", "朴": "piao",
            "盖": "ge", "翟": "zhai", "覃": "qin", "缪": "miao", "万": "wan", "盛": "sheng", "石": "shi", "车": "che", "沈": "shen", "叶": "ye"}
LONGEST = 160


def sort_key(name):
    """'张伟' -> 'zhang wei|zhangwei|zw|张伟': first what sorts, then what is searched. At most 160 characters."""
    text = "".join(name.split()) if not name.isascii() else name.casefold().strip()
    if name.isascii():
        return f"{text}|{text.replace(' ', '')}|{''.join(word[0] for word in text.split())}|{text}"[:LONGEST]
    parts = lazy_pinyin(text, style=Style.NORMAL)
    if text[0] in SURNAMES:
        parts[0] = SURNAMES[text[0]]
    other = pinyin(text[0], style=Style.NORMAL, heteronym=True)[0][0]
    initials = "".join(part[:1] for part in parts)
    key = [" ".join(parts), "".join(parts), initials, text]
    if other != parts[0]:
        key.append(other + "".join(parts[1:]))  # a surname with two readings is found by either
    return "|".join(key).casefold()[:LONGEST]


def asked(text):
    """What somebody typed, as it stands in the key: no case, no blanks, and nothing that divides the key."""
    return "".join(text.casefold().split()).replace("|", "").replace("'", "")
