"""What a chat service wants to be sent and how its answer reads: WeCom and DingTalk group robots. Pure but for the clock it is given."""
import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlencode, urlsplit

WECOM, DINGTALK = "wecom", "dingtalk"
KEYS = {WECOM: "key", DINGTALK: "access_token"}  # the part of a robot's address that is its key
LONGEST = {WECOM: 2048, DINGTALK: 20000}  # bytes of one text that the service takes


class Refusal(Exception):
    """The service read the message and did not take it; the text is its code."""


class Unreadable(Exception):
    """The answer says neither yes nor no."""


def key_in(service, typed):
    """The key out of what people paste: the whole address that the service shows, or the key alone. None where it is neither."""
    typed = typed.strip()
    if "://" in typed:
        found = parse_qs(urlsplit(typed).query).get(KEYS[service], [""])
        typed = found[0]
    return typed if typed and len(typed) <= 200 and all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in typed) else None


def address(service, base, token, secret, now):
    """Where to send: with DingTalk's signature of this moment, where the robot has a secret."""
    query = {KEYS[service]: token}
    if service == DINGTALK and secret:
        stamp = str(int(now.timestamp() * 1000))
        query |= {"timestamp": stamp, "sign": signature(stamp, secret)}
    return f"{base}?{urlencode(query)}"


def signature(stamp, secret):
    """DingTalk's: HMAC-SHA256 over the milliseconds, a line break and the secret, by the secret."""
    return base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()


def body(service, text):
    """The text message, as both services write it, cut to what the service takes."""
    return json.dumps({"msgtype": "text", "text": {"content": cut(text, LONGEST[service])}}, ensure_ascii=False).encode()


def cut(text, most):
    """The text in at most `most` bytes of UTF-8, with an ellipsis where something fell away; no sign is cut through."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[:most - 3].decode(errors="ignore") + "…"


def read(answer):
    """Understand the body of an answer: nothing where the message was taken, else `Refusal` or `Unreadable`."""
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unreadable from wrong
    if not isinstance(code, int):
        raise Unreadable
    if code != 0:
        raise Refusal(str(code))
