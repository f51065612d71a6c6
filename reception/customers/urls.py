"""Addresses of the customers room."""
from django.urls import path

from reception.customers.views import contacts, duplicates, files, lookup, talk, wishes

urlpatterns = [
    path("", files.CustomerList.as_view(), name="customers"),
    path("new/", files.RegisterCustomer.as_view(), name="register_customer"),
    path("suggest/", lookup.Suggest.as_view(), name="suggest_customers"),
    path("duplicates/", duplicates.Duplicates.as_view(), name="duplicates"),
    path("duplicates/find/", duplicates.FindDuplicates.as_view(), name="find_duplicates"),
    path("merges/<int:pk>/undo/", duplicates.UndoMerge.as_view(), name="undo_merge"),
    path("contacts/<int:pk>/show/", contacts.ShowContact.as_view(), name="show_contact"),
    path("contacts/<int:pk>/correct/", contacts.CorrectContact.as_view(), name="correct_contact"),
    path("contacts/<int:pk>/remove/", contacts.RemoveContact.as_view(), name="remove_contact"),
    path("contacts/<int:pk>/main/", contacts.MakeMain.as_view(), name="main_contact"),
    path("communications/<int:pk>/correct/", talk.CorrectCommunication.as_view(), name="correct_communication"),
    path("<int:pk>/", files.CustomerPage.as_view(), name="customer"),
    path("<int:pk>/history/", files.CustomerHistory.as_view(), name="customer_history"),
    path("<int:pk>/access/", files.CustomerAccess.as_view(), name="customer_access"),
    path("<int:pk>/edit/", files.EditCustomer.as_view(), name="edit_customer"),
    path("<int:pk>/contacts/add/", contacts.AddContact.as_view(), name="add_contact"),
    path("<int:pk>/choice/", wishes.SetChoice.as_view(), name="customer_choice"),
    path("<int:pk>/attention/", wishes.SetAttention.as_view(), name="customer_attention"),
    path("<int:pk>/confirm/", wishes.Confirm.as_view(), name="confirm_customer"),
    path("<int:pk>/communications/add/", talk.LogCommunication.as_view(), name="add_communication"),
    path("<int:pk>/different/<int:other>/", duplicates.DismissPair.as_view(), name="dismiss_pair"),
    path("<int:pk>/merge/<int:other>/", duplicates.MergeCustomers.as_view(), name="merge_customers"),
]
