"""Has a lesson the form that lessons have?  Counted and read, never run; a rule a sentence."""

from academy.proof.form.course import course_forms, course_problems, form_table
from academy.proof.form.lesson import Form, lesson_form

__all__ = ["Form", "course_forms", "course_problems", "form_table", "lesson_form"]
