"""Addresses of plans."""
from django.urls import path

from staff.teamwork.workplans import views

urlpatterns = [
    path("", views.PlanList.as_view(), name="work_plans"),
    path("new/", views.BeginPlan.as_view(), name="new_plan"),
    path("<int:pk>/", views.PlanPage.as_view(), name="work_plan"),
    path("<int:pk>/goals/", views.WriteGoal.as_view(), name="plan_goals"),
    path("<int:pk>/tasks/new/", views.AddTask.as_view(), name="new_plan_task"),
    path("<int:pk>/set/", views.SetPlan.as_view(), name="set_plan"),
    path("<int:pk>/review/", views.Review.as_view(), name="review_plan"),
    path("tasks/<int:pk>/", views.TaskPage.as_view(), name="plan_task"),
    path("tasks/<int:pk>/done/", views.FinishTask.as_view(), name="finish_plan_task"),
    path("tasks/<int:pk>/drop/", views.DropTask.as_view(), name="drop_plan_task"),
]
