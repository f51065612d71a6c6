"""How surnames are read. A dictionary gives a character's commonest reading; as a surname it is often another one.

Only what differs from the commonest reading, or has two characters, stands here; all others are read as usual.
Numbers are tones. Where families themselves differ, the reading most of them use stands first.
"""

_READINGS = """
曾 zeng1; 单 shan4; 單 shan4; 解 xie4; 仇 qiu2; 区 ou1; 區 ou1; 查 zha1; 盖 ge3 gai4; 蓋 ge3 gai4; 朴 piao2; 繁 po2;
乐 yue4 le4; 樂 yue4 le4; 员 yun4; 員 yun4; 任 ren2; 华 hua4; 華 hua4; 宁 ning4; 甯 ning4; 燕 yan1; 纪 ji3; 紀 ji3;
葛 ge3; 翟 zhai2 di2; 覃 qin2 tan2; 尉 wei4 yu4; 冼 xian3; 洗 xian3; 召 shao4; 种 chong2; 折 she2; 缪 miao4; 繆 miao4;
秘 bi4; 祭 zhai4; 黑 he4; 那 na1; 逄 pang2; 逯 lu4; 隗 wei3 kui2; 郇 xun2 huan2; 谌 chen2 shen4; 諶 chen2 shen4;
贲 ben1; 賁 ben1; 费 fei4 bi4; 費 fei4 bi4; 过 guo1; 過 guo1; 哈 ha3; 撒 sa3; 佴 nai4; 晁 chao2; 盛 sheng4; 石 shi2;
车 che1; 車 che1; 牟 mou2 mu4; 莘 shen1 xin1; 柏 bai3 bo2; 薄 bo2; 卜 bu3; 都 du1; 宿 su4; 相 xiang4; 庹 tuo3;
乜 nie4; 强 qiang2; 強 qiang2; 谯 qiao2; 呙 guo1; 郄 qie4 xi4; 应 ying1; 應 ying1; 於 yu1; 昝 zan3; 占 zhan1;
叶 ye4; 沈 shen3; 长 chang2; 行 xing2; 重 chong2; 角 jue2; 乘 sheng4; 瞿 qu2; 褚 chu3; 尹 yin3; 万 wan4; 适 kuo4;
参 shen1; 幸 xing4; 璩 qu2; 阚 kan4; 闞 kan4; 訾 zi1; 眭 sui1; 仉 zhang3; 麴 qu1; 逮 dai4; 俱 ju1; 钭 tou3; 褟 ta1;
尉迟 yu4chi2; 尉遲 yu4chi2; 万俟 mo4qi2; 萬俟 mo4qi2; 长孙 zhang3sun1; 長孫 zhang3sun1; 澹台 tan2tai2; 澹臺 tan2tai2;
单于 chan2yu2; 單于 chan2yu2; 令狐 ling2hu2; 欧阳 ou1yang2; 歐陽 ou1yang2; 司马 si1ma3; 司馬 si1ma3; 司徒 si1tu2;
司空 si1kong1; 司寇 si1kou4; 上官 shang4guan1; 诸葛 zhu1ge3; 諸葛 zhu1ge3; 皇甫 huang2fu3; 夏侯 xia4hou2;
慕容 mu4rong2; 宇文 yu3wen2; 东方 dong1fang1; 東方 dong1fang1; 西门 xi1men2; 西門 xi1men2; 南宫 nan2gong1;
南宮 nan2gong1; 东郭 dong1guo1; 東郭 dong1guo1; 公孙 gong1sun1; 公孫 gong1sun1; 仲孙 zhong4sun1; 仲孫 zhong4sun1;
轩辕 xuan1yuan2; 軒轅 xuan1yuan2; 钟离 zhong1li2; 鍾離 zhong1li2; 闻人 wen2ren2; 聞人 wen2ren2; 赫连 he4lian2;
赫連 he4lian2; 申屠 shen1tu2; 太史 tai4shi3; 太叔 tai4shu1; 公羊 gong1yang2; 公冶 gong1ye3; 濮阳 pu2yang2;
濮陽 pu2yang2; 淳于 chun2yu2; 鲜于 xian1yu2; 鮮于 xian1yu2; 闾丘 lv2qiu1; 閭丘 lv2qiu1; 亓官 qi2guan1;
颛孙 zhuan1sun1; 端木 duan1mu4; 巫马 wu1ma3; 巫馬 wu1ma3; 漆雕 qi1diao1; 乐正 yue4zheng4; 樂正 yue4zheng4;
拓跋 tuo4ba2; 拓拔 tuo4ba2; 夹谷 jia2gu3; 谷梁 gu3liang2; 穀梁 gu3liang2; 百里 bai3li3; 呼延 hu1yan2; 羊舌 yang2she2;
微生 wei1sheng1; 梁丘 liang2qiu1; 左丘 zuo3qiu1; 南门 nan2men2; 东门 dong1men2; 第五 di4wu3; 独孤 du2gu1;
獨孤 du2gu1; 完颜 wan2yan2; 完顏 wan2yan2; 叶赫 ye4he4; 纳兰 na4lan2; 納蘭 na4lan2; 耶律 ye1lv4; 宗政 zong1zheng4
"""


def _table():
    """{surname: readings}, each reading one syllable with tone for every character."""
    table = {}
    for entry in _READINGS.replace("\n", " ").split(";"):
        surname, *readings = entry.split()
        table[surname] = [_syllables(reading) for reading in readings]
    return table


def _syllables(reading):
    syllables, current = [], ""
    for sign in reading:
        current += sign
        if sign.isdigit():
            syllables.append(current)
            current = ""
    return syllables


SURNAMES = _table()
COMPOUND = frozenset(surname for surname in SURNAMES if len(surname) == 2)
