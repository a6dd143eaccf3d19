### Para editores: /recargar, /revisiones, /revertir, /auditoría y /estado.

audit-title = Registro de auditoría
audit-number = /auditoría admite un número del 1 al { $most }.
audit-none = Aún no hay nada que mostrar.
audit-entry = { $who } /{ $command } { $outcome ->
    [done] hecho
    [refused] denegado
   *[failed] fallido
}
audit-entry-detail = { $who } /{ $command } { $outcome ->
    [done] hecho
    [refused] denegado
   *[failed] fallido
}: { $detail }

revisions-none = Aún no se ha cargado nada.
revisions-entry = hecha el { $at } por { $who }: { $articles }, { $items }, { $size }{ $state ->
    [current] , en uso
    [gone] , archivo borrado
   *[kept] { "" }
}

rollback-revision = { $revision }, hecha el { $at } por { $who }: { $articles }, { $items }
rollback-confirm = ¿Volver a la revisión { $revision }?
rollback-everywhere = Todos los servidores y salas recibirán sus respuestas de ella.
rollback-would-remove = Con esto se quita { $articles }.
rollback-removes = Con esto se quita { $articles }.
rollback-from = De
rollback-to = A
rollback-busy = Hay una recarga en curso. Espera a que termine e inténtalo de nuevo.
rollback-done = La revisión { $revision } vuelve a estar en uso, en lugar de { $before }.
rollback-packs = Los paquetes no cambiaron: la próxima /recargar los carga.
rollback-unknown = No hay ninguna revisión «{ $typed }».
rollback-none = No hay ninguna revisión anterior.
rollback-already = La revisión { $revision } ya está en uso.
rollback-gone = El archivo de la revisión { $revision } ya no está; solo se guardan las últimas.
rollback-revisions = Las revisiones

status-title = Estado
status-none = ninguna: /recargar
status-revision = Revisión
status-revision-made = { $revision }, hecha el { $at } por { $who }
status-library = Biblioteca
status-community = Base de datos de la comunidad
status-up = En marcha desde hace
status-version = Versión

reload-load = Cargar los paquetes
reload-no-file = El paquete no llegó con el comando: adjunta el archivo al comando /recargar.
reload-no-file-matrix = El paquete no llegó con el comando: envía aquí el archivo y respóndele con /recargar.
reload-took = Duración
reload-still-answers = El contenido anterior sigue en uso.
reload-busy = Hay otra recarga en curso. Espera a que termine e inténtalo de nuevo.
reload-failed = No se cargó nada.
reload-failed-still-answers = No se cargó nada; el contenido anterior sigue en uso.
reload-cause = Causa: { $cause }.
reload-by-another = Lo cargó otro programa.
reload-size = { $articles }, { $items }
reload-unchanged = No cambió nada.
reload-made-anew = No cambió nada; el archivo dañado se hizo de nuevo: { $size }.
reload-loaded = Cargado: { $what }.
reload-warnings = Advertencias
reload-would-nothing = Recargar no cambiaría nada.
reload-would = Recargar cambiaría esto: { $what }.
reload-only-remove = Un artículo solo se quita con /recargar --quitar.
reload-first-wrong = { $number ->
    [one] Cargado: { $size }. Pero 1 paquete no se cargó: { $files }.
   *[other] Cargado: { $size }. Pero { $number } paquetes no se cargaron: { $files }.
}
reload-first-gone = { $number ->
    [one] Cargado: { $size }. Pero { $articles } respondía antes y ya no tiene paquete.
   *[other] Cargado: { $size }. Pero { $articles } respondían antes y ya no tienen paquete.
}
reload-first-both = Cargado: { $size }. Pero { $wrong ->
    [one] 1 paquete no se cargó
   *[other] { $wrong } paquetes no se cargaron
}: { $files }; { $articles } { $number ->
    [one] respondía antes y ya no tiene paquete
   *[other] respondían antes y ya no tienen paquete
}.
reload-without-pack = Sin paquete
reload-packs-wrong = Estos paquetes tienen errores. Corrígelos y vuelve a /recargar.
reload-would-remove = No se cargó nada: se quitaría { $articles }.
reload-how-to-remove = { $number ->
    [one] En la carpeta no está su paquete. Si debe irse, escribe /recargar --quitar. Si no, devuelve el paquete: `rapporteur export { $id }` lo imprime.
   *[other] En la carpeta no están sus paquetes. Si deben irse, escribe /recargar --quitar. Si no, devuelve el paquete: `rapporteur export { $id }` lo imprime.
}
reload-would-be-removed = Se quitaría
reload-and-remove = Cargar los paquetes y quitarlo
reload-article = el artículo «{ $title }», con { $items }
reload-articles = { $number ->
    [one] 1 artículo, con { $items }
   *[other] { $number } artículos, con { $items }
}
reload-outline = { $title }: { $items }
reload-nothing = nada añadido, cambiado ni quitado
reload-added = { $number ->
    [one] 1 añadido
   *[other] { $number } añadidos
}
reload-changed = { $number ->
    [one] 1 cambiado
   *[other] { $number } cambiados
}
reload-removed = { $number ->
    [one] 1 quitado
   *[other] { $number } quitados
}
reload-removes = se quita { $articles }
reload-removed-articles = Artículos quitados
reload-list-added = Añadido
reload-list-changed = Cambiado
reload-list-removed = Quitado
reload-field-spaces = { $name }: solo difieren los espacios
reload-field-new = { $name }: «{ $new }» es nuevo
reload-field-gone = { $name }: «{ $old }» ya no está
reload-field-changed = { $name }: «{ $old }» → «{ $new }»
reload-errors = { $number ->
    [one] No se cargó nada: hay 1 error en los paquetes.
   *[other] No se cargó nada: hay { $number } errores en los paquetes.
}

# $cause: what the operating system or the database says, in its own language.
load-no-packs = no hay paquetes en { $folder }
load-folder-unreadable = no se pueden leer los paquetes de { $folder }: { $cause }
load-file-changed = { $file } cambió mientras se cargaba
load-unwritable = no se puede escribir { $file }: { $cause }
load-library = no se puede leer la biblioteca nueva: { $cause }
load-pack-of-another = { $file } es el paquete de otro artículo
load-give-another-id = da otro identificador a este artículo, o cambia el nombre de ese archivo
load-report = comunícanos este fallo
change-kind = tipo
