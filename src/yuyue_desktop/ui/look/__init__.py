"""How the window looks: colours, measures, fonts, icons and the stylesheet made of them; knows no page."""
