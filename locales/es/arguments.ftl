### /argument: una afirmación, sus fundamentos y lo que se podría objetar.

argument-whose-claim = Afirmación de
argument-claimed-by = { $name }, según lo cuenta { $author }
argument-critique = Posible objeción (añadida por el editor)
argument-questions = Para debatir (añadido por el editor)
argument-list = { $list ->
    [grounds] Fundamentos
    [supports] Apoya
    [denies] Se opone a
    [undercuts] Debilita
    [supported-by] Lo apoya
    [denied-by] Se le opone
   *[undercut-by] Lo debilita
}
argument-all-of = Argumentos de { $name }
argument-key = Argumentos principales
argument-all = Argumentos
argument-none = Aún no hay argumentos.
