"""Addresses of the pages that every chapter shares."""
from django.urls import path

from config.web import accounts, bulk_pages, commands, house, long_work, personal, saved_view_pages, undo_page, uploads

urlpatterns = [
    path("", personal.MyDay.as_view(), name="home"),
    path("login/", accounts.LogIn.as_view(), name="login"),
    path("logout/", accounts.LogOut.as_view(), name="logout"),
    path("login/code/", accounts.SecondFactor.as_view(), name="second_factor"),
    path("login/setup/", accounts.SetUpSecondFactor.as_view(), name="set_up_second_factor"),
    path("password/", accounts.ChangePassword.as_view(), name="change_password"),
    path("me/language/", personal.ChooseLanguage.as_view(), name="set_language_choice"),
    path("me/hall/", personal.ChooseHall.as_view(), name="set_hall"),
    path("me/theme/", personal.ChooseTheme.as_view(), name="set_theme"),
    path("me/keys/", personal.SwitchKeys.as_view(), name="set_keys"),
    path("me/settings/", personal.Settings.as_view(), name="my_settings"),
    path("commands/", commands.Commands.as_view(), name="command_bar"),
    path("views/", saved_view_pages.SavedViews.as_view(), name="saved_views"),
    path("views/new/", saved_view_pages.SaveView.as_view(), name="save_view"),
    path("views/<int:pk>/", saved_view_pages.ChangeView.as_view(), name="change_view"),
    path("views/<int:pk>/start/", saved_view_pages.StartWith.as_view(), name="start_view"),
    path("views/<int:pk>/remove/", saved_view_pages.RemoveView.as_view(), name="remove_view"),
    path("bulk/<int:pk>/", bulk_pages.BulkRunPage.as_view(), name="bulk_run"),
    path("bulk/<int:pk>/undo/", bulk_pages.UndoRun.as_view(), name="undo_run"),
    path("undo/<int:pk>/", undo_page.Undo.as_view(), name="undo"),
    path("help/", personal.Help.as_view(), name="help"),
    path("files/<int:pk>/", uploads.Download.as_view(), name="download"),
    path("jobs/", long_work.JobList.as_view(), name="jobs"),
    path("jobs/<int:pk>/", long_work.JobDetail.as_view(), name="job"),
    path("jobs/<int:pk>/cancel/", long_work.CancelJob.as_view(), name="cancel_job"),
    path("jobs/<int:pk>/files/<int:file>/", long_work.JobDownload.as_view(), name="job_file"),
    path("house/", house.Registries.as_view(), name="registries"),
    path("house/access-log/", house.AccessLog.as_view(), name="access_log"),
    path("house/outbox/", house.Outbox.as_view(), name="outbox"),
    path("house/outbox/<int:pk>/settle/", house.SettleMessage.as_view(), name="settle_message"),
    path("house/locked/", accounts.LockedNames.as_view(), name="locked_names"),
    path("house/locked/team/", accounts.TeamLockedNames.as_view(), name="team_locked_names"),
]
