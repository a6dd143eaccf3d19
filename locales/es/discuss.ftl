### Prompts for a discussion.

discuss-title = Para debatir: { $title }
discuss-is-it-right = ¿Sostienen los fundamentos la afirmación?
discuss-critic = ¿Qué podría responder un crítico?
discuss-another = Otra pregunta
discuss-whole = El argumento completo
discuss-critic-title = Lo que un crítico podría responder a: { $title }
discuss-no-critic = Ni el artículo ni su editor mencionan una objeción a «{ $title }».
discuss-no-claim = Ninguna afirmación del artículo se apoya en «{ $name }».
discuss-nothing = En este artículo no hay ninguna pregunta para debatir.
discuss-on = Sobre: { $name }
discuss-list = Lo último que se comentó aquí
discuss-none-yet = Aquí todavía no se ha comentado nada.
