"""Capabilities of the training room: the row 'Courses, exams' of roles.md."""
from enum import StrEnum


class Can(StrEnum):
    """Who marks courses enters competences; with the scope 'own' one sees and takes one's own and enters nothing."""

    READ = "courses.read"
    EDIT = "courses.edit"
