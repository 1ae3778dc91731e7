"""What templates may ask for: figures, dates, badges, icons and form fields as HTML. Formatting only, never a query.

``formats`` says how a value reads (pure), ``workbench`` wraps that for templates: ``{% load workbench %}``.
"""
