"""Addresses of complaints."""
from django.urls import path

from complaints.handling.views import detail, following, investigating, lists, merging, routing, solving, statement, timing

VERBS = (  # part of the address, page, name
    ("assess", routing.Assess, "assess_complaint"), ("correct", routing.Correct, "correct_complaint"),
    ("people/new", routing.NamePerson, "name_complaint_person"),
    ("acknowledge", routing.Acknowledge, "acknowledge_complaint"), ("refuse", routing.AskRefusal, "ask_complaint_refusal"),
    ("refuse/decide", routing.SettleRefusal, "settle_complaint_refusal"), ("assign", routing.Assign, "assign_complaint"),
    ("give-back", routing.GiveBack, "give_complaint_back"), ("report-up", routing.ReportUp, "report_complaint_up"),
    ("instruct", routing.Instruct, "instruct_complaint"),

    ("tell", timing.Tell, "tell_customer"), ("ask", timing.AskCustomer, "ask_customer"), ("publish", timing.Publish, "publish_complaint"),
    ("word", timing.CustomerWord, "note_customer_word"), ("in-vain", timing.ContactInVain, "note_contact_in_vain"), ("note", timing.Note, "note_complaint"),
    ("contain", timing.Contain, "contain_complaint"), ("urge", timing.Urge, "urge_complaint"), ("pause", timing.Pause, "pause_complaint"),
    ("resume", timing.Resume, "resume_complaint"), ("more-time", timing.AskExtension, "ask_complaint_extension"),
    ("more-time/decide", timing.DecideExtension, "decide_complaint_extension"),

    ("investigate", investigating.Investigate, "investigate_complaint"), ("tasks/new", investigating.AddTask, "add_investigation_task"),
    ("evidence/new", investigating.AddEvidence, "add_evidence"), ("statements/new", statement.AskStatement, "ask_statement"),
     ("verify", investigating.Verify, "verify_complaint"),

    ("liability", solving.SetLiability, "set_complaint_liability"), ("propose", solving.Propose, "propose_solution"),
    ("adjust", solving.Adjust, "adjust_solution"), ("approve", solving.Approve, "approve_complaint_solution"),
    ("answer-solution", solving.AnswerRound, "answer_solution"), ("implement", solving.Implement, "implement_solution"),
    ("implement-published", solving.ImplementPublished, "publish_solution"), ("carried-out", solving.FinishImplementing, "finish_complaint"),

    ("follow-up", following.FollowUp, "follow_complaint_up"), ("rate", following.Rate, "rate_complaint"), ("close", following.Close, "close_complaint"),
    ("propose-again", following.ProposeAgain, "propose_solution_again"), ("handle-again", following.HandleAgain, "handle_complaint_again"),
    ("close-not-agreed", following.CloseNotAgreed, "close_complaint_not_agreed"),
    ("close-not-reached", following.CloseUnreachable, "close_complaint_unreachable"),
    ("close-published", following.ClosePublished, "close_complaint_published"), ("withdraw", following.Withdraw, "withdraw_complaint"),
    ("reopen", following.Reopen, "reopen_complaint"), ("answer", following.AnswerLight, "answer_complaint"),

    ("merge", merging.Merge, "merge_complaint"), ("unmerge", merging.Unmerge, "unmerge_complaint"), ("split", merging.Split, "split_complaint"),
)

urlpatterns = [
    path("", lists.ComplaintList.as_view(), name="complaints"),
    path("<int:pk>/", detail.ComplaintPage.as_view(), name="complaint"),
    path("<int:pk>/file/", detail.PrintedFile.as_view(), name="complaint_file"),
    path("<int:pk>/phone/", detail.ShowPhone.as_view(), name="show_complaint_phone"),
    path("<int:pk>/email/", detail.ShowEmail.as_view(), name="show_complaint_email"),
    path("routes/<int:pk>/answer/", routing.AnswerFor.as_view(), name="answer_complaint_route"),
    path("tasks/<int:pk>/done/", investigating.FinishTask.as_view(), name="finish_investigation_task"),
    path("evidence/<int:pk>/strike/", investigating.Strike.as_view(), name="strike_evidence"),
    path("statements/<int:pk>/", statement.GiveStatement.as_view(), name="complaint_statement"),
    path("measures/<int:pk>/done/", solving.FinishMeasure.as_view(), name="finish_solution_measure"),
    path("ratings/<int:pk>/appeal/", following.Appeal.as_view(), name="appeal_rating"),
    path("ratings/<int:pk>/decide/", following.DecideAppeal.as_view(), name="decide_rating_appeal"),
    *(path(f"<int:pk>/{part}/", page.as_view(), name=name) for part, page, name in VERBS),
]
