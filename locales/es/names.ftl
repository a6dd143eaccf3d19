### Nombres de comandos, opciones y valores, tal como se escriben.

# Comandos.
name-command-ask = preguntar
name-command-quote = cita
name-command-timeline = cronología
name-command-today = hoy
name-command-event = hecho
name-command-actor = protagonista
name-command-argument = argumento
name-command-search = buscar
name-command-topic = tema
name-command-compare = comparar
name-command-discuss = comentar
name-command-source = fuente
name-command-article = artículo
name-command-articles = artículos
name-command-language = idioma
name-command-help = ayuda
name-command-room = sala
name-command-show = ver
name-command-private = privado
name-command-commands = comandos
name-command-prefix = prefijo
name-command-leave = salir
name-command-reload = recargar
name-command-revisions = revisiones
name-command-rollback = revertir
name-command-status = estado
name-command-gaps = sin-respuesta
name-command-audit = auditoría

# Opciones.
name-option-question = pregunta
name-option-of = de
name-option-article = artículo
name-option-page = página
name-option-critic = crítica
name-option-name = nombre
name-option-words = palabras
name-option-first = primero
name-option-second = segundo
name-option-item = elemento
name-option-when = cuándo
name-option-command = comando
name-option-list = lista
name-option-private = privado
name-option-everywhere = en-todas
name-option-answers = respuestas
name-option-prefix = prefijo
name-option-use = uso
name-option-dry-run = simular
name-option-pack = paquete
name-option-remove = quitar
name-option-revision = revisión
name-option-last = últimas
name-option-action = acción
name-option-language = idioma

# Valores.
name-value-on = sí
name-value-off = no
name-value-default = predeterminado
name-value-all = todo
name-value-clear = vaciar
name-value-arguments = argumentos
name-value-quotes = citas
name-value-events = hechos
name-value-facts = datos
name-value-relations = relaciones
name-value-grounds = fundamentos
name-value-supports = apoya
name-value-denies = niega
name-value-undercuts = debilita
name-value-supported-by = apoyado-por
name-value-denied-by = negado-por
name-value-undercut-by = debilitado-por
