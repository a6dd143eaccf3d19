### /room: los ajustes de una sala.

room-set-here = { $title }.
room-set-everywhere = { $title }, en { $place ->
    [channel] todos los canales
   *[room] todas las salas
} sin ajuste propio.
room-show-title = { $place ->
    [channel] Ajustes del canal
   *[room] Ajustes de la sala
}

room-all-settings = Todos los ajustes
room-nowhere = Aquí no hay salas: esto es para Discord y Matrix.
room-switch = Usa sí, no o predeterminado, no «{ $typed }».
room-goodbye = Adiós. Puedes invitarme de nuevo cuando quieras.

room-private-on = Las respuestas son solo para quien pregunta
room-private-off = Las respuestas son para todos
room-private-unset = Ya no hay un ajuste sobre quién ve las respuestas

room-prefix-is = Aquí los comandos empiezan con { $prefix }.
room-prefix-none = Aquí los comandos empiezan como siempre.
room-prefix-unset = Los comandos empiezan como siempre
room-prefix-set = Los comandos empiezan con { $prefix }
room-prefix-wrong = Los comandos no pueden empezar con «{ $typed }»: elige de uno a { $most } signos sin espacios, el último de ellos ninguna letra, como ? o rap!

room-show-decided = { $range ->
    [here] Ajustado aquí
    [server] Ajustado para todo el servidor
   *[channel] Ajustado para el canal de este hilo
}
room-show-article = Artículo por defecto
room-show-all-articles = todos los artículos
room-show-answers = Respuestas
room-show-private = solo a quien pregunta
room-show-everyone = a todos
room-show-off = Comandos desactivados
room-show-none = ninguno
room-show-command = comando { $name }

room-commands-fixed = /{ $command } no se puede desactivar: solo los comandos con que preguntan los miembros.
room-command-off = /{ $command } está desactivado para los miembros
room-command-on = /{ $command } está activado
room-command-unset = Ya no hay un ajuste para /{ $command }

room-article-set-all = Por defecto se busca en todos los artículos
room-article-unset = Ya no hay un artículo por defecto
room-article-set = «{ $title }» es el artículo por defecto
room-article-none = No hay un artículo por defecto: se busca en todos.
room-article-is-all = { $range ->
    [here] Por defecto se busca en todos los artículos (ajuste de aquí).
    [server] Por defecto se busca en todos los artículos (ajuste de todo el servidor).
   *[channel] Por defecto se busca en todos los artículos (ajuste del canal de este hilo).
}
room-article-is = { $range ->
    [here] «{ $title }» es el artículo por defecto (ajuste de aquí).
    [server] «{ $title }» es el artículo por defecto (ajuste de todo el servidor).
   *[channel] «{ $title }» es el artículo por defecto (ajuste del canal de este hilo).
}
room-article-gone = { $range ->
    [here] El artículo por defecto, «{ $id }» (ajuste de aquí), ya no está cargado: se busca en todos.
    [server] El artículo por defecto, «{ $id }» (ajuste de todo el servidor), ya no está cargado: se busca en todos.
   *[channel] El artículo por defecto, «{ $id }» (ajuste del canal de este hilo), ya no está cargado: se busca en todos.
}
