//! Questions in Spanish.

use std::sync::LazyLock;

use super::form::Want;
use super::tongue::{Tongue, stops};

pub(super) static TONGUE: Tongue = Tongue {
    forms: &[
        ("^ … que trata|habla|va el|la|este|esta|un|$", Want::Summary),
        ("^ de|sobre que … articulo|ensayo|texto|cuento|carta|discurso $", Want::Summary),
        ("resumen|resume|resumir|resumeme|sintesis", Want::Summary),
        ("idea|tesis|argumento|mensaje|conclusion principal|central|general", Want::Summary),
        ("como … termina|acaba|concluye|finaliza la|el historia|relato|cuento|cosa|libro", Want::Ending),
        ("como … termina|acaba|concluye|finaliza todo", Want::Ending),
        ("como … termina|acaba|concluye|finaliza|cierra", Want::Ending),
        ("que … concluye|conclusion|conclusiones", Want::Ending),
        ("ultimo|ultima|ultimas parrafo|frase|frases|palabra|palabras|linea", Want::Ending),
        ("como … empieza|comienza|inicia|abre", Want::Opening),
        ("primer|primera|primeras parrafo|frase|frases|palabra|palabras|linea", Want::Opening),
        ("cuando|donde|quien … salio publicado|publicada", Want::Date),
        ("^ a que viene|vino|vienen|va|fue", Want::Reason),
        ("^ … temas|asuntos", Want::Topics),
        (
            "^ … personajes|personas|protagonistas|gente … sale|salen|aparece|aparecen|intervienen",
            Want::Actors,
        ),
        ("^ … personajes|personas|protagonistas|gente", Want::Actors),
        ("^ quien|quienes sale|salen|aparece|aparecen|interviene|intervienen", Want::Actors),
        ("cuando|donde|quien … publico|publicado|publicada|aparecio|escrito", Want::Date),
        ("^ cuando", Want::Date),
        ("^ para|desde|hasta cuando", Want::Date),
        ("^ donde", Want::Place),
        ("objecion|objeciones|objetar|contraargumento|contraargumentos|replica|replicas", Want::Objection),
        ("argumentos|argumento contra", Want::Objection),
        ("que … criticos|oponentes|adversarios", Want::Objection),
        (
            "quien|quienes … dijo|dice|dicen|dijeron|llamo|llama|afirmo|afirma|escribio|escribe|piensa|cree|creia|comparo|compara|acuno|describe|pregunta|pregunto|sostiene",
            Want::Speaker,
        ),
        ("de quien … palabras|frase|palabra|cita", Want::Speaker),
        (
            "que|algo … dijo|dice|dicen|dijeron|decia|afirma|afirmo|piensa|piensan|pensaba|cree|creen|creia|opina|opinan|escribe|escribio|llama|llamo|describe|promete|prometio|responde|respondio|contesta|contesto|cuenta|conto|menciona|opinion|sostiene|critica|pide|pregunta|pregunto|declara|declaro",
            Want::Words,
        ),
        ("que|cuales … palabras|cita|citas|frase|frases|lema", Want::Words),
        (
            "como … describe|llama|llamo|ve|considera|reacciona|reacciono|responde|respondio|califica",
            Want::Words,
        ),
        ("cita|citas|citame", Want::Words),
        ("palabras exactas|textuales", Want::Words),
        ("por que", Want::Reason),
        ("porque", Want::Reason),
        ("cual|cuales|que … razon|razones|causa|causas|causo|motivo|motivos|provoco", Want::Reason),
        ("a que se debe|debio", Want::Reason),
        ("para que", Want::Reason),
        ("que|como|quien|quienes … debe|deben|deberia|deberian|habria|hay que", Want::Proposal),
        (
            "que … propone|proponen|propuso|recomienda|recomiendan|sugiere|aconseja|aconsejan|exige",
            Want::Proposal,
        ),
        ("^ quien|quienes es|era|son|eran|fue|fueron", Want::Definition),
        ("^ quien|quienes", Want::Person),
        (
            "propuesta|propuestas|recomendacion|recomendaciones|consejo|consejos|solucion|soluciones",
            Want::Proposal,
        ),
        ("que hacer", Want::Proposal),
        ("que|cual ano|fecha|dia|mes|siglo|decada|hora|epoca", Want::Date),
        ("cuanto|cuantos|cuanta|cuantas", Want::Number),
        ("que edad|numero|cantidad|precio|porcentaje", Want::Number),
        ("que|cual ciudad|lugar|pais|sitio|pueblo|calle", Want::Place),
        ("que … paso|pasa|pasaba|sucedio|sucede|ocurrio|ocurre|acontecio", Want::Events),
        ("que … hizo|hace|hacen|hicieron|hacia", Want::Events),
        ("que … significa|significan|quiere decir", Want::Definition),
        ("que … significa|significan", Want::Definition),
        ("define|explica|explicame|describe", Want::Definition),
        ("hablame|cuentame|dime … de|sobre", Want::Definition),
        ("quien|quienes es|era|son|eran|fue|fueron", Want::Definition),
        ("que|cual es|era|son|eran|fue|fueron", Want::Definition),
        ("cual|cuales|enumera|nombra|lista", Want::List),
        ("quien|quienes", Want::Person),
        ("como", Want::Manner),
        ("cuando", Want::Date),
        ("donde|adonde", Want::Place),
        ("que", Want::Anything),
    ],
    fillers: "hola gracias buenos buenas dias tardes dime cuentame decir dice dijo saber sabe sabes favor segun exactamente realmente cosa cosas algo alguien \
              nadie persona senor tipo gente ahora hoy entonces todo toda todos todas hacer hace hizo hacen hay ser puede pueden quiere quieren quiero puedes tal \
              habla hablar trata tratar respecto acerca cuando donde quien quienes como cual cuales que cuanto cuantos \
              cuanta cuantas asi aqui alli ahi vez veces menciona",
    phrases: &[
        "al final",
        "al principio",
        "por fin",
        "en fin",
        "de nuevo",
        "otra vez",
        "a la vez",
        "de repente",
        "en general",
        "por ejemplo",
        "en lugar de",
        "en vez de",
        "a causa de",
        "el uno al otro",
    ],
    article: "articulo ensayo texto cuento autor autora escritor escritora discurso carta documento lectura narrador \
              escrito",
    leads: "sobre acerca dijo dice hizo paso llamado llamada",
    abouts: "sobre acerca",
    links: "de del",
    joins: "y e o u",
    copulas: "es era son eran fue fueron",
    light: "empezar empezo empieza dejar dejo seguir sigue poner puso pone tratar intentar usar usa",
    adjectives: "bueno buena mejor malo mala peor gran grande grandes pequeno pequena mayor menor largo larga corto corta alto \
                 alta bajo baja viejo vieja nuevo nueva joven antiguo antigua primer primero primera segundo segunda tercer \
                 ultimo ultima final proximo anterior principal principales importante importantes famoso famosa conocido \
                 conocida verdadero verdadera mismo misma propio propia entero entera cierto cierta especial comun general \
                 posible fuerte debil dificil facil simple claro seguro rico pobre muchos muchas pocos pocas otro otra",
    adjective_endings: &[],
    adverb_endings: &["mente"],
    determiners: "el la los las un una unos unas su sus este esta estos estas ese esa mi tu algun alguna cuyo cuya",
    before_dates: "en el la los las durante desde antes despues hasta de del entre por hacia a ano anos",
    date_words: "cuando ano fecha donde quien que como cual por cuanto cuantos",
    verb_endings: &[
        "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "ando", "iendo", "ar", "er", "ir",
        "aron", "ieron",
    ],
    reasons: "porque razon razones causa pues motivo temor",
    proposals: "debe deben deberia deberian hay necesita necesitan",
    stops: LazyLock::new(|| stops("es")),
};
