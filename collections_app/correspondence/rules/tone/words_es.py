"""How Spanish says what a rule has to know. How lists are written stands in ``lists``."""

from collections_app.correspondence.rules.tone import ordinary, phrases_es
from collections_app.correspondence.rules.tone.lists import Cue, Words
from collections_app.correspondence.rules.tone.shapes import Action

SPANISH = Words(
    phrases=phrases_es.SPANISH,
    cues={
        Cue.DUE: r"""
            venc(?:e|ió|ía|erá|ieron|en|imiento|ida el|idas el)? | vencimiento | pagader[oa]
            | a pagar (?:el|antes)
        """,
        Cue.WAY_TO_PAY: r"""
            transferencia | transferir | iban | cuenta bancaria | datos bancarios | datos de pago
            | domiciliación | tarjeta | enlace de pago | (?:en|a) nuestra cuenta | cheque
            | datos (?:que figuran|indicados|que aparecen) en la factura | pago en línea | ingreso en cuenta
            | transf(?:ier|er)\w* | (?:nuestra|la|misma) cuenta | cuenta (?:habitual|indicada|de siempre)
            | bizum | recibo domiciliado
        """,
        Cue.NEW_BANK: r"""
            (?:nuev[oa]s?|otr[oa]) (?:cuenta(?: bancaria)?|número de cuenta|iban|datos bancarios)
            | (?:cuenta bancaria|datos bancarios|iban|número de cuenta) (?:ha
            |han) (?:\w+ )?(?:cambiado|sido modificad\w+|variado)
            | (?:hemos|han) cambiado (?:de|la|nuestra) (?:cuenta|banco)
        """,
        Cue.DOOR: r"""
            ya (?:ha|han|hubiera|hubieran|lo|la) (?:\w+ )?(?:pagado|abonado|realizado|enviado
            |pagó|hecho|transferido|efectuado) | ya (?:está )?pagad[oa]
            | (?:no es|no fuera|no está|no sea|no son) (?:\w+ )?(?:correct[oa]s?|clar[oa]|bien|conforme)
            | preguntas? | dudas? | consultas?
            | si (?:algo|hay|ya|necesita|tiene|no|existe|prefiere|le|falta|hubiera) | ayud\w+ | error
            | incorrect[oa] | se (?:han )?cruz\w+ | dificultad(?:es)? | aplaz\w+
            | persona (?:equivocada|adecuada|correcta) | impide | desacuerdo
            | si [^.!?]{0,120}\b(?:dí(?:ga|ganos|game|gamelo|melo|me)|dime|dígamelo|llám\w+|escríb\w+
            |avís\w+|la (?:corrijo|corregimos)|lo (?:vemos|corrijo|miro|arreglo)|se (?:la|lo) (?:envío
            |mando)|le (?:envío|mando)|háblem\w+|cuént\w+|ruego que me)
            | (?:dime|dígame|decirme|díganos|contarme|indíqueme) qué
            | si (?:\w+ )?(?:está|hubo|había|falta|estaba|hubiese|desea|quiere|conviene|alguna?)
            | a (?:su|tu|vuestra) disposición | estoy para | a plazos | con quién
        """,
        Cue.ASK: r"""
            por favor | podría(?:n)? | puede(?:n)?
            | (?:le|les) (?:pedimos|ruego|rogamos|pido|agradecería(?:mos)?|agradecemos) | ruego | rogamos
            | ¿ | agradecería(?:mos)? | (?:le|les) importaría | cuándo | indíque(?:me|nos) | díga(?:me|nos)
            | confírme(?:me|nos)
        """,
        Cue.ATTACHED: "adjunt(?:o|a|os|as|amos) | (?:archivo|documento|fichero)s? adjuntos? | anexo | anexa",
        Cue.NOT_ATTACHED: r"(?:sin|ningún|no) (?:adjunt\w+|anexo)",
        Cue.DISPUTED: r"""
            disput\w* | reclamación | reclamó | en (?:revisión|estudio|disputa)
            | revis(?:ando|amos|aremos|ado|ión) | comprob(?:ando|amos|aremos) | discut\w* | incidencia
            | al margen | no (?:está )?incluid[oa]s? | excluid[oa]s? | excepto | salvo | queda fuera
            | no forma parte | discrepancia
        """,
        Cue.PROMISED: r"""
            promet\w+ | promesa | compromis\w* | comprometi\w* | acordad[oa]s? | acord(?:amos|ó|aron)
            | acuerdo | según lo (?:acordado|hablado) | plan de pagos? | plazos | aplazamiento
            | (?:nos )?(?:indicó|confirmó|dijo|anunció) | confirmad[oa] | previst[oa]
        """,
        Cue.CHARGE: r"""
            intereses | interés (?:de demora|legal|moratorio) | interés | (?:tipo|tasa) de interés
            | recargos? | penalización | penalizaciones | comisión | comisiones
            | gastos de (?:gestión|cobro|devolución|reclamación|demora|recobro) | indemnización
            | compensación | multa
        """,
        Cue.WILL_CHARGE: r"""
            (?:le |les )?(?:cobr|aplic|añad|factur|carg|sum|exig|reclam)(?:aremos|iremos|amos
            |imos|ado|ido|ará|irá|arán)
            | (?:hemos|han|ha|se han|se ha) (?:\w+ )?(?:aplicado|añadido|cargado|sumado|cobrado) | más
            | incluid[oa]s? | debe(?:n)? | devengan?
        """,
        Cue.MAYBE: r"podr(?:ía|ían|íamos|emos|á|án) | puede(?:n)? | podemos | permite | derecho | reserv\w+",
        Cue.WITHIN: r"""
            en (?:un plazo de |los próximos |el plazo de )?\w+ días(?: hábiles| laborables)?
            | dentro de \w+ (?:días|semanas) | esta semana | (?:la )?(?:próxima semana|semana que viene)
            | (?:a )?(?:final(?:es)?|fin) de (?:la )?(?:semana|mes) | mañana | hoy
        """,
        Cue.REPLY: "respond(?:er|a|iendo) (?:simplemente )?a este | conteste? a este",
        Cue.OURS: r"""
            yo | nosotros
            | (?:lo |la |le |se lo |se la )?(?:haré|haremos|corregiré|corregiremos|enviaré
            |enviaremos|revisaré|revisaremos|resolveré|resolveremos|comprobaré|comprobaremos
            |llamaré|mandaré|arreglaré|solucionaré)
        """,
        Cue.BY: r"""
            (?:antes de[l]?|hasta el|para el|a más tardar(?: el)?
            |como muy tarde(?: el)?)(?: \w+,?)?(?: día)? \d{1,2}(?: de [a-z]{3,}|[./-]\d{1,2}\S*)?
            | (?:antes de[l]?|hasta el|para el|a más tardar(?: el)?) (?:lunes|martes|miércoles|jueves
            |viernes) | antes de (?:que acabe|final(?:es)? de|fin de) (?:la |el )?\w+
        """,
        Cue.NOT_CHARGED: r"""
            no (?:le |les |los |las |se )*(?:hemos|han|ha|he) (?:calcul|aplic|cobr|sum|carg|factur|reclam)ado
            | no (?:le |les |los |las |se )*(?:hemos|han|ha|he) (?:añad|exig)ido
            | no (?:le |les |los |las )*(?:cobramos|aplicamos|cargamos|sumamos|añadimos)
        """,
        Cue.IF: "si | en caso de | a menos",
        Cue.SIGN_OFF: r"""
            (?:un )?(?:cordial(?:es)?|atent[oa]s?) saludos? | saludos(?: cordiales)? | atentamente
            | un saludo | reciba un | muchas gracias y
        """,
        Cue.PROTOCOL: "hoja informativa | formulario de respuesta",
        Cue.THIRTY_DAYS: "30 días | treinta días",
        Cue.INVOICE: r"facturas? | abono | documento | n\.?º",
        Cue.NEGATIVE: r"""
            no (?:\w+ ){0,4}(?:nunca|jamás|nada|nadie|ningun[oa]?|ningún|tampoco) | no | ni | nunca | jamás
            | nada | nadie | ningun[oa]? | ningún | sin | tampoco
        """,
        Cue.MUST: r"""
            debe(?:n)? | deberá(?:n)? | tiene(?:n)? que | hay que | obligad[oa]s? | está(?:n)? obligad\w+
        """,
    },
    actions={
        Action.AGENCY: r"""
            (?:agencia|empresa|gestor(?:ía)?|compañía) de (?:cobros?|recobros?|cobranzas?) | recobro
            | cobradores
        """,
        Action.COURT: r"""
            (?:vía|acción|reclamación|demanda|procedimiento|proceso) judicial
            | (?:acciones|medidas) (?:legales|judiciales) | tribunal(?:es)? | juzgados? | judicial(?:mente)?
            | abogad[oa]s? | monitorio | burofax
        """,
        Action.HOLD: r"""
            (?:suspend|deten|bloque|interrump|paraliz|reten|cancel)\w* (?:\w+ ){0,4}(?:envíos?
            |entregas?|pedidos?|suministros?|servicios?|cuenta)
            | suspensión de (?:los |las |sus )?(?:envíos|entregas|pedidos|suministros?)
            | (?:solo|únicamente) (?:con|contra) pago (?:por adelantado|anticipado)
        """,
    },
    greetings=r"""
        hola | estimad[oa]s? | querid[oa]s? | apreciad[oa]s? | buenos días | buenas tardes | buenas noches
        | buenas | muy señor(?:es)? mío(?:s)? | señor(?:es|a)? | distinguid[oa]s?
    """,
    needs_name="estimad[oa]s? | querid[oa]s? | apreciad[oa]s?",
    several=r"a todos | todos | compañer[oa]s | equipo | (?:departamento|dpto\.?|equipo|área) de \w+",
    impersonal=r"""
        señor(?:es|a)?(?:/a|/es|,? (?:o |y )?señora)? | señor o señora
        | (?:estimado |apreciado |querido )?client[ea]s? | (?:sres|sr|sra)\.? | a quien corresponda
        | amigo cliente | proveedor | señoras y señores
    """,
    titles="señor señora señorita sr sra srta d don doña dña dr dra",
    months=(
        "enero ene",
        "febrero feb",
        "marzo mar",
        "abril abr",
        "mayo",
        "junio jun",
        "julio jul",
        "agosto ago",
        "septiembre setiembre sept sep",
        "octubre oct",
        "noviembre nov",
        "diciembre dic",
    ),
    weekdays="(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)",
    own=r"""
        el los las del que por para con una su hemos ha nos usted factura pago esta como más podría gracias
        si no le lo al
    """,
    formal=r"[Uu]sted(?:es)? | [Ll]es? (?:rog\w+|pedi\w+|agradec\w+|escrib\w+|envi\w+)",
    informal=r"""
        [Tt]ú | [Tt]us? | [Tt]e | [Cc]ontigo | [Tt]i | [Pp]uedes | [Tt]ienes | [Hh]as | [Vv]osotros | [Oo]s
        | [Vv]uestr[oa]s?
    """,
    capitals="IVA",
    lix_most=52,
    ordinary=ordinary.SPANISH,
)
