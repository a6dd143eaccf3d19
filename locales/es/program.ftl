### What the program says in a terminal to its operator and to an editor, but for answers. Words in backticks are code.

## rapporteur check

check-no-packs = no hay paquetes (.toml o .json) en esa carpeta
check-one-text = --source es el texto de un solo paquete; compruébalos uno a uno, o indica una carpeta de textos con --sources
file-unreadable = no se puede leer { $file }
file-unreadable-cause = no se puede leer { $file }: { $cause }
check-no-utf8 = no se puede leer, porque no es UTF-8; parece { $encoding }
check-latin = Latin-1 o Windows-1252
check-save-as-utf8 = guárdalo como UTF-8 en tu editor
check-no-text = { $pack }: válido, pero sin demostrar: su texto sería { $text }
check-valid = { $pack }: válido. { $contents }.
check-proven = Cada fuente está en el texto. Las citas repiten el { $share } % de sus palabras (límite: { $limit } %).
check-sum = { $packs ->
    [one] un paquete
   *[other] { $packs } paquetes
}: { $right ->
    [one] uno válido
   *[other] { $right } válidos
}
check-sum-wrong = { $wrong } con errores
check-sum-unproven = { $unproven } sin texto
check-unused = Ningún paquete trata de { $files }.
check-numbers-one-pack = --numbers admite un solo paquete, cuyos encabezados se marcan
check-no-heading = el texto no tiene el encabezado «{ $heading }»

## rapporteur chat, export, discord, run, and what they need

program-packs-are-newer = Hay paquetes cambiados después de la última carga: /recargar los carga.
program-no-library = no hay ninguna biblioteca cargada: ejecuta `rapporteur load`
export-unknown = ningún artículo tiene el identificador `{ $id }`; hay: { $known }
program-discord-token = define antes DISCORD_TOKEN
program-data-unusable = la carpeta de datos { $folder } no se puede usar; indica otra con --data
program-nothing-to-run = no hay nada configurado. { $needs } (En el entorno, o en un archivo .env.) `rapporteur chat` no necesita nada.
program-needs = Para { $platform } define { $variables }.
program-without-discord = este Rapporteur se compiló sin Discord: compílalo con `--features discord`
program-without-matrix = este Rapporteur se compiló sin Matrix: compílalo con `--features matrix`
program-env-line = no se puede leer el archivo .env en la línea { $line } ({ $variable }): escribe entre 'comillas simples' un valor con espacios
program-env-unreadable = no se puede leer el archivo .env: { $cause }
program-rust-log = no se entiende RUST_LOG
invite-server = Para un servidor:
invite-self = Para ti, allí donde estés:

## Settings

setting-variable = variable de entorno { $variable }
setting-variables = variables de entorno { $variables }
setting-renamed = el ajuste tiene otro nombre
setting-is-now = ahora es { $name }
setting-unknown = no hay tal ajuste y no se tiene en cuenta
settings-unknown = no hay tales ajustes y no se tienen en cuenta
setting-near = ¿quieres decir { $name }?
setting-no-unicode = su valor no es texto Unicode
setting-write-again = escríbelo de nuevo
setting-see-file = en config/rapporteur.toml está lo que admite
setting-list = `rapporteur settings` muestra los ajustes
setting-file-unreadable = no se puede leer: { $cause }
setting-check-path = revisa la ruta, o no pongas --config
setting-in-project = config/rapporteur.toml, en el proyecto, dice lo que admite
setting-key-renamed = `{ $old }`, bajo [{ $section }], ahora es `{ $new }`
setting-all-in-project = config/rapporteur.toml, en el proyecto, tiene cada ajuste con su valor inicial
setting-editors = `{ $text }` no es nadie: escribe `discord:USER`, `discord-role:SERVER:ROLE` o `matrix:@USER:HOST`
setting-shards-range = `{ $text }` no es un intervalo de fragmentos: es FIRST..END/TOTAL, sin contar END
setting-shards = `{ $text }` no es `auto` ni un intervalo de fragmentos como `0..4/16`
setting-api-url = discord.api_url `{ $url }` no es solo protocolo, servidor y puerto, como http://localhost:8080
setting-events-per-second = matrix.events_per_second { $rate } no está entre 0.01 y 100000
setting-inviters = `{ $text }` no es nadie: escribe `editors`, `anyone`, un usuario como `@ada:example.org` o un servidor como `example.org`
setting-quoted-limit = library.quoted_limit no es una proporción de 0 a 1
setting-keep-revisions = library.keep_revisions tiene que ser 1 como mínimo
setting-log-filter = no se entiende log.filter: { $cause }

## rapporteur matrix login and status

login-password = Su contraseña (no se muestra): 
login-password-unreadable = No se puede leer la contraseña: { $cause }.
login-lacks = falta algo en los ajustes: { $question }
login-account = La cuenta del bot, como @rapporteur:example.org
login-set-homeserver = define RAPPORTEUR_MATRIX_HOMESERVER
login-write-down = Pon el servidor y la cuenta en config/rapporteur.toml o en .env, para que `run` los encuentre.
login-begins = Iniciando sesión en { $homeserver } como { $user } …
login-new = Sesión iniciada como { $user } en el dispositivo nuevo { $device }. Será el mismo mientras exista { $folder }.
login-was = { $user } ya tenía la sesión iniciada, en el dispositivo { $device }.
login-encryption = Preparando el cifrado …
login-failed = no ha funcionado: { $cause }. Repite esta orden.
login-signed = El dispositivo está firmado, y las claves se pueden recuperar con la clave de recuperación.
login-next = Ahora arráncalo con `rapporteur run`, invítalo a una sala y pregunta: !cita Paz
login-recovery-key = La clave de recuperación de { $user } solo se muestra ahora. Guárdala en lugar seguro: con ella y la contraseña
    vuelve el bot si se pierde esta carpeta de datos (MATRIX_RECOVERY_KEY).
login-in-browser = { $homeserver } no admite contraseñas de programas. Se puede hacer en un navegador.
login-open = Abre esta dirección en un navegador, en cualquier equipo, con la sesión de { $user } iniciada:
login-code = { $minutes ->
    [one] y dale este código, en menos de un minuto:
   *[other] y dale este código, en menos de { $minutes } minutos:
}
login-open-whole = O abre esta dirección, que lleva el código:
login-waiting = A la espera …
login-refused = se ha rechazado el inicio de sesión en el navegador
login-expired = el código ha caducado sin usarse: repite esta orden
profile-name = La gente lo ve como { $name }.
profile-name-failed = No se puede poner su nombre: { $cause }.
profile-picture = Tiene imagen.
profile-picture-failed = No se puede poner su imagen: { $cause }.
profile-picture-kind = no es ni PNG ni JPEG
status-account = Cuenta
status-device = Dispositivo
status-fingerprint = Huella digital
status-cross-signing = Firma cruzada
status-master-key = Clave maestra
status-backup = Copia de claves
status-rooms = Salas
status-running = En marcha
status-no-keys = (aún no ha comunicado sus claves: arranca el bot una vez)
status-none-yet = ninguna todavía
status-signing-next = sin preparar: lo hará el próximo arranque
status-signed = este dispositivo está firmado
status-unsigned = este dispositivo no está firmado: define MATRIX_RECOVERY_KEY y arranca el bot
status-backup-is = versión { $version } con { $keys ->
    [one] una clave
   *[other] { $keys } claves
}
status-no-backup = ninguna
status-yes = sí
status-no = no

## Verification of the bot in Matrix

verification-editors-only = Solo los editores pueden verificarme, así que lo he cancelado. Quien me administra puede darte mi huella digital, para compararla con la que muestra tu cliente.
verification-directly = Lo he cancelado: verifícame desde un chat directo, donde puedo enseñarte los emojis.
verification-again = No conocía este dispositivo tuyo. Ahora ya sí: empieza la verificación otra vez.
verification-device-unknown = Este dispositivo aún no se conocía
verification-done = Me has verificado. Tu cliente lo muestra junto a mi nombre.
verification-cancelled = La verificación se ha cancelado. Puedes empezarla otra vez.
verification-emoji = Tu cliente te muestra unos emojis. Los míos son:
verification-compare = ¿Son los mismos y en el mismo orden? Confírmalo en tu cliente antes de un minuto, o cancélalo allí. Si alguien estuviera en medio, podría cambiar también este mensaje: para más seguridad, compáralos con mi registro, que tiene los mismos.

## The help of the command line (`rapporteur --help`): a key for each subcommand and each of its options.

cli = Responde preguntas sobre un artículo: sus citas, hechos, protagonistas y argumentos.
cli-usage = Uso:
cli-commands = Órdenes
cli-arguments = Argumentos
cli-options = Opciones
cli-help = Muestra la ayuda
cli-version = Muestra la versión
cli-config = El archivo de ajustes
cli-data = La carpeta de las bases de datos
cli-chat = Pregunta en la terminal, o a través de una tubería. Es lo que ocurre sin ninguna orden
cli-run = Responde en los chats configurados hasta que se le mande acabar. Sale con 3 si no puede seguir
cli-discord = Lo que necesita un bot de Discord
cli-discord-invite = Muestra la dirección con la que se añade el bot a un servidor. Necesita DISCORD_TOKEN
cli-matrix = Lo que necesita un bot de Matrix
cli-matrix-login = Inicia sesión por primera vez y prepara el cifrado, paso a paso. Pregunta lo que falta en los ajustes, o muestra la dirección en la que se permite
cli-matrix-status = Muestra el dispositivo del bot, su firma cruzada con las huellas de ambos, la copia de claves y en cuántas salas está
cli-ask = Haz una sola pregunta: rapporteur ask "/cita Paz". Sale con 0 si hay respuesta, 1 si no se encontró nada, 2 si se escribió mal, 3 si se negó o falló
cli-ask-json = Muestra la respuesta entera como JSON
cli-ask-line = El comando y sus opciones, o una pregunta
cli-check = Comprueba paquetes sin cargarlos. Sale con 1 si alguno tiene errores, o no tiene texto en --sources
cli-check-packs = Archivos de paquetes, o carpetas con ellos
cli-check-source = El texto del artículo: demuestra que el paquete dice lo que dice el texto
cli-check-sources = Una carpeta de textos, cada uno con el nombre del identificador de su artículo o de su paquete, como `mi-articulo.txt`: lo mismo para muchos paquetes
cli-check-numbers = Muestra este texto con los números de sus párrafos. Con un paquete, sus encabezados no se cuentan
cli-load = Comprueba y carga los paquetes, todo o nada, como hace /recargar
cli-export = Muestra entero un paquete cargado
cli-export-article = El identificador del artículo
cli-export-format = El formato
cli-schema = Muestra el JSON Schema de los paquetes
cli-settings = Muestra los ajustes en vigor
