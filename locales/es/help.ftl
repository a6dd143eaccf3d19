### /help.

help-title = Comandos
help-unknown-command = No existe el comando «{ $name }».
help-all-commands = Todos los comandos
help-for-role = { $role ->
    [editor] Solo para editores.
   *[moderator] Solo para moderadores.
}
help-for-moderators = Para moderadores
help-for-editors = Para editores
help-label-on-message = «{ $label }»: clic derecho en un mensaje (o mantenlo pulsado) y luego Aplicaciones.
help-does-it-on-message = «{ $label }» lo hace con un mensaje: clic derecho en él (o mantenlo pulsado) y luego Aplicaciones.
help-further-option = Casi todos admiten «{ $name }». { $about }.
help-just-ask = O simplemente pregunta, con tus palabras.
help-just-ask-in-rooms = O simplemente pregunta, con tus palabras: mencióname con tu pregunta o escríbeme en privado.
help-sources = Cada respuesta dice de qué parte del artículo sale y de quién son las palabras.
help-usage = Uso
help-options = Opciones
