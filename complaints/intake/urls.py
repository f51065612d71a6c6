"""Addresses of taking in."""
from django.urls import path

from complaints.intake import channel_pages, mail_pages, views

urlpatterns = [
    path("new/", views.NewComplaint.as_view(), name="new_complaint"),
    path("new/promise/", views.PromiseOutlook.as_view(), name="complaint_promise"),
    path("<int:pk>/taken/", views.Taken.as_view(), name="complaint_taken"),
    path("<int:pk>/form-33/", views.Form33.as_view(), name="complaint_form33"),
    path("<int:pk>/slip/", views.Receipt.as_view(), name="complaint_slip"),
    path("channels/", channel_pages.ChannelList.as_view(), name="complaint_channels"),
    path("channels/new/", channel_pages.AddChannel.as_view(), name="add_complaint_channel"),
    path("channels/<int:pk>/", channel_pages.ChannelPage.as_view(), name="complaint_channel"),
    path("channels/<int:pk>/change/", channel_pages.ChangeChannel.as_view(), name="change_complaint_channel"),
    path("halls/<int:pk>/poster/", channel_pages.Poster.as_view(), name="complaint_poster"),
    path("box-checks/", channel_pages.CheckList.as_view(), name="box_checks"),
    path("box-checks/<int:pk>/", channel_pages.CheckPage.as_view(), name="box_check"),
    path("box-checks/<int:pk>/record/", channel_pages.RecordCheck.as_view(), name="record_box_check"),
    path("box-checks/<int:pk>/explain/", channel_pages.ExplainCheck.as_view(), name="explain_box_check"),
    path("mails/", mail_pages.MailList.as_view(), name="incoming_mails"),
    path("mails/<int:pk>/", mail_pages.MailPage.as_view(), name="incoming_mail"),
    path("mails/<int:pk>/take/", mail_pages.TakeMail.as_view(), name="take_incoming_mail"),
    path("mails/<int:pk>/join/", mail_pages.JoinMail.as_view(), name="join_incoming_mail"),
    path("mails/<int:pk>/ignore/", mail_pages.IgnoreMail.as_view(), name="ignore_incoming_mail"),
]
