"""What templates may ask for: figures, dates, badges, icons, form fields. Formatting only, never a query.

``formats`` says how a value reads (pure), ``workbench`` wraps that for templates: ``{% load workbench %}``.
"""
