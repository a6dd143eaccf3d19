### Los comandos y sus opciones, cada uno en una línea.
### $place: cómo llama la plataforma a sus salas.

command-actor = Quién es alguien y qué dice de él el artículo
command-argument = Una afirmación, con sus razones a favor y en contra
command-answer = Responde a una pregunta del concurso; solo tú lo ves
command-article = Sobre el artículo: quién lo firma, resumen, secciones
command-articles = La lista de artículos
command-ask = Haz una pregunta sobre el artículo
command-audit = Quién cambió qué y a quién se le negó
command-compare = Compara dos protagonistas, dos artículos o dos argumentos
command-debate-close = Acaba el debate sin resultado
command-debate-export = El debate en Markdown y Argdown
command-debate-next = Empieza ahora la fase siguiente del debate
command-debate-open = Abre un debate: votar, discutir, votar otra vez
command-debate-show = El debate: de qué trata, cómo está, en qué quedó
command-debate-vote = Vota en el debate; solo tú ves tu voto
command-discuss = Una afirmación para debatir, con una pregunta
command-event = Un hecho: qué pasó, cuándo y quién participó
command-forget-me = Olvida lo que se guarda a tu nombre
command-gaps = Preguntas que no encontraron respuesta
command-help = La lista de comandos
command-language = Elige el idioma de tus respuestas
command-leave = { $place ->
    [channel] Salir de este canal
   *[room] Salir de esta sala
}
command-point-against = Da una razón en contra de la moción
command-point-for = Da una razón a favor de la moción
command-point-support = Apoya la razón de alguien
command-point-withdraw = Retira una razón
command-points = Todas las razones del debate, las mejores primero
command-quiz = Un concurso sobre el artículo
command-quote = Encuentra una cita
command-reading-add = Añade un artículo a la lista de lectura
command-reading-list = Qué se lee aquí y cuándo
command-reading-remove = Quita un artículo de la lista de lectura
command-reading-show = Qué se lee aquí ahora
command-reload = Comprueba los paquetes y los carga
command-revisions = Las versiones anteriores del contenido
command-rollback = Vuelve a una versión anterior del contenido
command-room-article = Elige el artículo por defecto aquí
command-room-commands = Activa o desactiva comandos aquí
command-room-language = Elige el idioma de las respuestas aquí
command-room-prefix = { $place ->
    [channel] Elige con qué empiezan los comandos en este canal
   *[room] Elige con qué empiezan los comandos en esta sala
}
command-room-private = Muestra las respuestas solo a quien pregunta
command-room-show = { $place ->
    [channel] Ajustes del canal
   *[room] Ajustes de la sala
}
command-schedule-add = Publica aquí algo una y otra vez
command-schedule-list = Qué se publica aquí y cuándo toca
command-schedule-pause = Pone en pausa algo de la agenda
command-schedule-remove = Quita algo de la agenda
command-schedule-resume = Reanuda algo que estaba en pausa
command-scores = Cómo le fue a cada quien en los concursos de aquí
command-search = Busca en el artículo
command-search-on-message = Buscar en el artículo
command-source = Encuentra de qué lugar del texto viene algo
command-status = Qué está cargado y cómo está el bot
command-timeline = Qué pasó y cuándo
command-today = Qué pasó este día en otros años
command-topic = Qué dice el artículo sobre un tema
group-debate = Debates: ¿convence la discusión a alguien?
group-forget = Lo que se guarda de ti
group-point = Razones a favor y en contra de la moción de un debate
group-schedule = Lo que se publica aquí una y otra vez
group-reading = La lista de lectura: un artículo tras otro
group-room = { $place ->
    [channel] Ajustes del canal
   *[room] Ajustes de la sala
}
option-actor-name = Una persona, un país, un partido o una institución; vacío, los principales
option-answer-choice = «a», «b», «c» o «d»
option-argument-name = El argumento; «todo» para todos, vacío para los principales
option-article = Solo este artículo; «todo» para todos
option-article-name = Qué artículo
option-ask-question = Tu pregunta
option-audit-last = Cuántas entradas (10 si no se dice)
option-compare-first = El primero de los dos
option-compare-second = El segundo
option-debate = Número del debate; vacío, el de aquí
option-debate-open-about = Un argumento del artículo del que trata
option-debate-open-discuss = Cuánto se discute: 2d, 12h, 90m (2 días si no se dice)
option-debate-open-motion = La moción; vacío, la afirmación de un argumento
option-debate-open-vote = Cuánto dura cada votación: 2d, 12h, 90m (1 día si no se dice)
option-debate-vote-vote = «favor», «contra» o «indeciso»
option-discuss-name = Un argumento, tema o cita; vacío, la siguiente pregunta; «lista», las últimas
option-discuss-critic = Qué podría responder un crítico
option-event-name = El hecho
option-everywhere = { $place ->
    [channel] En todo el servidor, salvo los canales con su propio ajuste
   *[room] En todo el servidor, salvo las salas con su propio ajuste
}
option-gaps-action = «vaciar» vacía la lista
option-help-command = Un comando
option-language-language = El idioma; «predeterminado» lo quita, vacío lo muestra
option-list = Muestra una lista completa
option-number = Su número
option-page = Número de página
option-point-cite = En qué se apoya del artículo: una cita, un dato, un hecho o un argumento
option-point-number = El número de la razón
option-point-words = Tu razón, en 20 a 400 caracteres
option-private = Solo tú ves la respuesta
option-quiz = Número del concurso; vacío, el de aquí
option-quiz-next = Hace la siguiente pregunta
option-quiz-questions = Cuántas preguntas, de 1 a 20 (5 si no se dice)
option-quiz-reveal = Muestra ahora la respuesta
option-quote-of = Un nombre o algunas de las palabras; vacío, una cita al azar
option-reading-article = El artículo
option-reading-from = El primer día, como 2027-01-11; vacío, el siguiente al último
option-reading-until = El último día, como 2027-01-17
option-reload-dry-run = Muestra qué cambiaría, sin cargar nada
option-reload-pack = Un archivo de paquete; reemplaza al del mismo artículo
option-reload-remove = Quita los artículos que ya no tienen paquete
option-rollback-revision = Qué versión; vacío, la anterior
option-room-article-name = El artículo; «todo», todos; «predeterminado» lo quita; vacío lo muestra
option-room-commands-command = El comando
option-room-commands-use = «sí» o «no»; «predeterminado» lo quita
option-room-language-language = El idioma; «predeterminado» lo quita, vacío lo muestra
option-room-prefix-prefix = De uno a ocho signos; «predeterminado» lo quita, vacío lo muestra
option-room-private-answers = «sí» o «no»; «predeterminado» lo quita
option-schedule-days = «diario», «laborables» o días como lun,jue
option-schedule-post = Qué se publica: «cita», «comentar», «concurso», «hoy» o «lectura»
option-schedule-time = La hora, como 09:00
option-schedule-zone = La zona horaria de aquí, como Europe/Madrid
option-search-words = Palabras o una pregunta
option-source-item = Un nombre, unas palabras o un id
option-timeline-when = Un año, un periodo, un nombre o un tema; «todo»; vacío, las fechas clave
option-topic-name = El tema; vacío, todos
