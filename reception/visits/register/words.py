"""The words that registers put over their columns, in Chinese and English, and the field that each means."""

import re

from reception.visits.register.columns import Field, bare_heading

LONGEST_HEADING = 30  # characters; a longer text over a table is an instruction


def field_of_heading(heading):
    """The field that a heading means in the words registers use, or None."""
    if len(heading) > 3 * LONGEST_HEADING:
        return None
    bare = bare_heading(heading)
    if not bare or len(bare) > LONGEST_HEADING:
        return None
    for field, exact, _contained in _WORDS:
        if bare in exact:
            return field
    for field, _exact, contained in _WORDS:
        if contained.search(bare):
            return field
    return None


def _field(field, exact, *contained):
    return field, frozenset(exact.split()), re.compile("|".join(contained))


# Each with the headings that are exactly this, and the words that tell it inside a longer heading. The first field
# that fits wins: 接待人数 counts people before 接待人 is a person, 离店日期 is a leaving before it is a date.
_WORDS = (
    _field(Field.PARTY, "人数 人數 party partysize guests headcount pax 随行 随同",
           "人数|人數|几人|幾人|partysize|headcount|numberof(?:people|guests|visitors)"),
    _field(Field.NUMBER, "序号 序號 编号 編號 no no. # 序 number s/n 单号", "^序|序号|序號|编号|編號|流水号"),
    _field(Field.PHONE, "电话 電話 手机 手機 tel phone mobile telephone cell 联系方式 聯繫方式 聯絡方式 座机 contact",
           "电话|電話|手机|手機|联系方式|聯[繫絡]方式|号码|號碼", "phone|mobile|tel(?:ephone)?no"),
    _field(Field.LEFT, "离开 离店 離開 離店 left out leave departure 离 走",
           "离开|离店|离场|離[開店場]|送客|结束时间|結束時間", "leav|depart|time-?out|check-?out|sign-?out|^to$"),
    _field(Field.DATE, "日期 date 日 day 年月日 日子", "日期|date$|^date|visitday"),
    _field(Field.ARRIVED, "时间 時間 到店 到访 到 time in arrived arrival 来时",
           "到访时间|到訪|到店|到场|到達|到达|来访时[间刻]|來訪時間|来店时|进店|進店|接待时间|登记时间|时间$|時間$",
           "arriv|time-?in|check-?in|sign-?in|visittime|time$"),
    _field(Field.EMAIL, "邮箱 郵箱 email e-mail mail", "邮箱|郵箱|邮件|e-?mail"),
    _field(Field.HOST, "接待 接待人 接待员 导购 host adviser advisor salesperson staff servedby 顾问 顧問 业务员 店员 跟进人 "
                       "负责人 经办 经办人 销售",
           "接待人|接待員|接待员|接待顾问|顾问|顧問|导购|導購|业务员|業務員|销售人员|跟进人|负责人",
           "receivedby|receptionist|consultant|attendedby"),
    _field(Field.COMPANY, "公司 单位 單位 company organisation organization firm", "公司|单位|單位|company|organi[sz]ation"),
    _field(Field.ADDRESS, "地址 住址 小区 楼盘 樓盤 address", "地址|住址|小区名|楼盘|樓盤|address"),
    _field(Field.SOURCE, "来源 來源 渠道 了解渠道 source channel 媒体", "渠道|来源|來源|途径|途徑|从何得知|如何得知",
           "how.*hear|source|channel"),
    _field(Field.PURPOSE, "事由 来访事由 来意 來意 目的 purpose reason matter 事项",
           "事由|来意|來意|目的|事项|事項|来访原因|purpose|reason"),
    _field(Field.STYLE, "风格 風格 style", "风格|風格|style"),
    _field(Field.BUDGET, "预算 預算 budget", "预算|預算|budget"),
    _field(Field.FLOOR_AREA, "面积 面積 户型 area floorarea size", "面积|面積|户型|平米|平方|floorarea|squaremet"),
    _field(Field.INTEREST, "需求 意向 产品 產品 interest interests product need needs",
           "意向|需求|产品|產品|品类|interest|product|need"),
    _field(Field.OUTCOME, "结果 結果 outcome result 成交", "结果|結果|成交|跟进情况|处理情况|outcome|result"),
    _field(Field.NOTE, "备注 備註 備注 说明 note notes remark remarks comment comments 其他 其它",
           "备注|備[註注]|说明|說明|remark|note|comment"),
    _field(Field.NAME, "姓名 客户 客戶 顾客 顧客 名字 称呼 稱呼 来宾 访客 訪客 name customer visitor client guest 客人",
           "姓名|客户名|客戶名|顾客名|称呼|稱呼|联系人|聯[繫絡]人|来访人|來訪人|来访者|访客|訪客|来宾|來賓|客户$|客戶$|^客户|^客戶",
           "name|visitor|customer"),
)
