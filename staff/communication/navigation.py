"""The entries of the communication room in the side column."""
from django.utils.translation import gettext_lazy as _

from config.accounts.access import SIGNED_IN
from config.contributions import navigation
from staff.communication.permissions import Agreement, Board, Can, Sheet

navigation.register(key="notices", chapter="staff", group="together", label=_("Notices"), page="notices", capability=Can.READ, order=61,
                    words="notices announcements tongzhi 通知 公告")
navigation.offer_act(key="new-notice", label=_("New notice"), page="new_notice", capability=Can.EDIT, order=39, words="tongzhi gonggao 通知 公告")
navigation.register(key="info-board", chapter="staff", group="together", label=_("Information board"), page="info_board", capability=Board.READ, order=62,
                    words="board news topics gongshi 信息 共享 xinxi gongxiang")
navigation.offer_act(key="new-board-entry", label=_("Post an entry"), page="new_board_entry", capability=Board.EDIT, order=38, words="board 信息 共享")
navigation.register(key="duty-sheets", chapter="staff", group="duty", label=_("Duty sheets"), page="duty_sheets", capability=Sheet.READ, order=42,
                    words="duties rights positions zhize 岗位 职责 職責")
navigation.register(key="agreements", chapter="staff", group="duty", label=_("Confidentiality agreements"),
                    page="agreements", capability=Agreement.READ, order=43,
                    words="confidentiality secrets signed baomi 保密 协议 協議")
navigation.offer_act(key="sign-agreement", label=_("Read and sign the confidentiality agreement"), page="sign_agreement", capability=SIGNED_IN,
                     icon="signature", order=70, words="confidentiality secrets baomi 保密 签 簽")
navigation.register(key="snippets", chapter="staff", group="together", label=_("Snippets"), page="snippets", capability=Can.READ, order=65,
                    words="snippets sentences duanyu 短语 常用语")
navigation.offer_act(key="new-snippet", label=_("New snippet"), page="new_snippet", capability=Can.EDIT, order=40, words="duanyu 短语")
navigation.tell_keys(key="snippets", label=_("In any text"), capability=Can.READ, order=5, keys=((";", _("A snippet: then its initials, then Enter")),))
