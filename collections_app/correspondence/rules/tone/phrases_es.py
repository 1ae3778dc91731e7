"""What is better not written in Spanish, by rule, and what to write instead."""

from collections_app.correspondence.rules.tone.lists import Phrases

SPANISH = {
    "T01": Phrases(
        r"""
            tribunal(?:es)? | juzgados? | juez | judicial(?:es|mente)?
            | (?:vía|acción|reclamación|demanda|procedimiento|proceso) judicial
            | (?:acciones|medidas|vías|trámites) (?:legales|judiciales|jurídicas) | vía legal
            | demandar(?:le|les|los|emos|á)? | presentar (?:una )?demanda | interponer \w+ | abogad[oa]s?
            | procurador(?:es)? | (?<!sin\s)embargo(?:s| de)? | embargar\w*
            | (?:agencia|empresa|gestor(?:ía)?|compañía) de (?:cobros?|recobros?|cobranzas?) | cobradores?
            | recobro | burofax | (?:proceso |juicio )?monitorio | asnef
            | (?:registro|lista|fichero)s? de (?:morosos|impagados) | concurso de acreedores
            | (?:departamento|asesoría|equipo|servicios?) (?:jurídic[oa]s?|legal(?:es)?) | denuncia(?:r)?
            | querella | requerimiento notarial | vía ejecutiva | ejecución forzosa | acción ejecutiva
            | reclamación judicial | procedimiento (?:legal|ejecutivo) | letrad[oa]s? | notarial
            | requerimiento (?:legal|judicial)
        """,
        "Quítelo en esta fase; pregunte qué falta y cuándo se podrá pagar.",
    ),
    "T02": Phrases(
        r"""
            última (?:oportunidad|advertencia) | último (?:aviso antes|aviso)
            | (?:nos veremos|nos vemos|veremos|estaremos|estamos) (?:obligados|forzados)
            | obligad[oa]s? a (?:tomar|emprender|actuar)
            | (?:no|ninguna) (?:nos )?(?:queda|quedará|deja|tendremos) otr[oa] (?:remedio|opción
            |alternativa|salida) | se arrepentir(?:á|án|ás) | arrepentir\w*
            | (?:graves|serias|severas|desagradables) consecuencias
            | consecuencias (?:graves|serias|severas|desagradables) | aténgase a
            | atenerse a las consecuencias | no (?:dudaremos|vacilaremos) en | no dudaremos | lista negra
            | (?:su|tu) reputación | su buen nombre | quedan? advertid[oa]s? | está(?:n)? advertid[oa]s?
            | o si no | de lo contrario,? (?:aténgase|verá|se va|tendrá|sufrirá|habrá|le va|lo)
            | pague (?:ya|ahora) | (?:a )?todos sus (?:clientes|proveedores)
            | (?:sus|a sus) (?:clientes|proveedores) (?:sabrán|se enterarán) | no nos obligue
            | sabemos dónde | (?:iremos|pasaremos|presentaremos) (?:a|por|en) su (?:oficina|casa|empresa)
            | le (?:va a salir|saldrá) caro | por todos los medios | todo el mundo (?:sabrá|se enterará)
            | poner en evidencia
            | no (?:nos )?deja(?:n)? (?:otr[oa] |más )?(?:opción|alternativa|remedio|salida)
            | nos obliga(?:n)? a | antes de que sea (?:demasiado )?tarde | (?:es|será) la última vez
            | se va(?:n)? a enterar | sufrir(?:á|án|) las consecuencias | habrá consecuencias
            | pagar(?:á|án) (?:muy )?caro | todos lo sabrán
            | (?:todo (?:el|la)|todos (?:los|sus|tus)|sus|tus|vuestros) (?:sector|mercado|gremio|barrio
            |pueblo|competencia|competidores|proveedores|clientes|mundo) (?:\w+ ){0,3}(?:enter\w+|sep\w+
            |supier\w+|sabr\w+|hable\w*) | (?:se |te |os )?(?:va|vas|van|vais) a (?:arrepentir|lamentar)\w*
            | lamentarlo | (?:acabará|terminará|va a acabar|va a terminar|puede acabar) mal
            | (?:public|compart|colg)\w+ (?:\w+ ){0,4}(?:en|por) (?:linkedin|facebook|google
            |las redes(?: sociales)?|internet|la prensa) | malas? reseñas? | correrá la voz | por las malas
        """,
        "Diga con calma qué pide, para cuándo y cómo localizarle.",
    ),
    "T03": Phrases(
        r"""
            (?:seguro|seguramente|sin duda) (?:que )?(?:está|están|estará|estarán|estás) (?:muy
            |demasiado|tan|ocupadísim[oa]s?) ?(?:ocupad[oa]s?)?
            | (?:estará|estarán) (?:muy|demasiado) ocupad[oa]s?
            | (?:otra vez|una vez más|de nuevo) (?:nada|no hemos|sin|no ha)
            | tan difícil (?:es|será|puede ser) | (?:qué|cómo de) difícil (?:puede ser|es|será)
            | qué sorpresa | vaya sorpresa | qué casualidad | qué curioso | curioso que | qué raro que
            | gracias por nada | hasta un niño | ¿?sabe(?:n)? (?:usted(?:es)? )?leer | qué bien por
            | nos encanta (?:esperar|perseguir) | como si (?:no|nada|usted|ustedes|nosotros|fuera|fuéramos)
            | supuest[oa](?:s|mente)? | otra excusa | alguna excusa | por arte de magia | parece mentira
            | el perro se comió
            | ["“«](?:perdid[oa]|olvidad[oa]|extraviad[oa]|ocupad[oa]s?|error|despiste|en camino
            |vacaciones|problema técnico)["”»]
            | (?:al parecer|por lo visto|evidentemente|aparentemente
            |obviamente),? (?:\w+ ){0,7}(?:complicado|difícil|demasiado|prioridad|importa
            |esfuerzo|interesa) | (?:es|sería) (?:mucho|demasiado) pedir
            | no (?:es|será|somos) (?:una|su) prioridad
            | (?:de verdad|realmente) (?:es )?tan (?:difícil|complicado) | milagro | cómo no
            | no somos (?:un |una |el |la )?(?:banco|ong|caja|hermanita)\w*
            | préstamo (?:gratis|sin intereses|gratuito) | (?:déjeme|deje que) adivin\w+
            | gracias por su (?:\w+ )?(?:silencio|mutismo)
            | (?:paloma mensajera|bola de cristal|tortuga|caracol)
        """,
        "Quítelo, o diga solo qué ha llegado y qué no.",
    ),
    "T04": Phrases(
        r"""
            (?:usted(?:es)? )?(?:ha|han|has) (?:\w+ )?(?:ignorado|incumplido|olvidado
            |desatendido|omitido|faltado) | (?:ha|han) rehusado | se (?:niega|niegan|ha negado|han negado)
            | (?:usted(?:es)? )?(?:ignora|ignoran|incumple|incumplen) (?:\w+ )*
            | su (?:incumplimiento|negligencia|negativa|culpa|error|falta|descuido|actitud
            |comportamiento|dejadez|silencio|morosidad)
            | (?:inaceptable|inadmisible|intolerable|vergonzoso|vergonzosa|inexcusable
            |lamentable|indignante)s? | vergüenza | irresponsables? | incompetentes?
            | poco (?:serio|profesional|formal)\w* | excusas | (?:más|otra|ninguna) excusa
            | (?:a pesar de|pese a) (?:nuestros |nuestras |los |las )?(?:reiterad[oa]s
            |numeros[oa]s|múltiples|repetid[oa]s|vari[oa]s|continu[oa]s)
            | por (?:tercera|cuarta|quinta|enésima) vez | una y otra vez | cuántas veces
            | (?:nunca|siempre) (?:paga|pagan|cumple|cumplen) | (?:ha|han) roto su (?:promesa|palabra)
            | falta de (?:palabra|respeto|seriedad) | ridículo
            | (?<!si\s)(?:todavía|aún) no (?:ha|han|nos ha|nos han) (?:pagado|respondido|contestado|abonado)
            | sigue(?:n)? sin (?:pagar|responder|contestar|dar) | no (?:ha|han) cumplido
            | falta de (?:seriedad|respeto|palabra|profesionalidad|interés|colaboración) | mala fe
            | (?:su|sus) malos? hábitos? | no se digna(?:n)? | descortés
            | (?:ninguna|sin|no tiene) (?:\w+ )?intención de (?:pagar|abonar)
            | no (?:piensa|piensan|quiere|quieren|pretende|pretenden) pagar
            | (?:está|están|estás) (?:\w+ )?(?:evitando|esquivando|ignorando|mintiendo|toreando
            |escondiendo)\w* | (?:nos|me) (?:miente|mienten|esquiva|esquivan|evita|evitan|torea)
            | (?:da|dan|dando|dar) largas | tom\w+ el pelo | (?:deliberadamente|adrede|a sabiendas)
            | faltado a su (?:palabra|promesa|compromiso)
            | no (?:cumple|cumplió|cumplen|mantuvo|mantiene|ha mantenido) (?:\w+ )?(?:su|con su) (?:palabra
            |promesa|compromiso)
        """,
        "«Aún no hemos recibido respuesta; quizá no tengo la dirección correcta.»",
    ),
    "T07": Phrases(
        r"""
            inmediat(?:o|a|amente) | de inmediato | urgente(?:mente)? | urgencia | lo antes posible
            | cuanto antes | a la mayor brevedad(?: posible)? | con la mayor brevedad
            | sin (?:más )?(?:demora|dilación|tardanza) | ya mismo | ahora mismo | hoy mismo | asap
            | a vuelta de correo | al instante | en el acto | con carácter (?:urgente|inmediato)
            | pago inmediato | sin falta
            | lo más (?:pronto|rápido) posible
            | sin (?:perder|esperar) (?:más |ni )?(?:tiempo|un minuto|un día)
        """,
        "«a más tardar el viernes 26 de marzo»: una fecha es más clara que la prisa.",
    ),
    "T08": Phrases(
        r"""
            moros[oa]s? | deudor(?:a|es|as)? | mal(?:os)? pagador(?:es)? | malas pagadoras
            | impagador(?:es)? | incumplidor(?:es)? | insolventes
        """,
        "Use el nombre de la empresa o de la persona.",
    ),
    "T09": Phrases(
        r"""
            decepcionad[oa]s? | decepcionante | decepción | defraudad[oa]s? | después de todo lo que
            | (?:nuestros|nuestro) (?:propios? )?(?:empleados|trabajadores|personal
            |equipo) .{0,30}(?:cobrar|pagar|salarios|sueldos|nóminas|familias)
            | (?:pagar|las nóminas de|los sueldos de) (?:a )?nuestros (?:empleados|trabajadores)
            | confi(?:ábamos|amos) en (?:usted|ustedes|su palabra) | esperábamos más
            | póngase en nuestro lugar | cómo se sentiría | nos (?:ha|han) fallado | traicionad[oa]s?
            | (?:nuestra|mi) paciencia | se nos acaba la paciencia
            | (?:muy|más que|demasiado) (?:pacientes|comprensivos|generosos) | pequeña empresa | tristes
            | dolid[oa]s? | abusar? de nuestra
            | bocas que alimentar | esper(?:ábamos|aba) (?:algo )?(?:más|mejor|otra cosa) de
            | con lo (?:bien|mucho) que | después de tantos años
            | nos (?:pone|ponen|deja|dejan) en (?:\w+ )?(?:dificultades|apuros|aprietos)
        """,
        "Deje los sentimientos: «Aún no hemos recibido …».",
    ),
    "T10": Phrases(
        r"""
            (?:su|sus|tu) (?:enfermedad|salud|operación|divorcio|embarazo|religión|nacionalidad
            |origen|esposa|marido|mujer|hijos|matrimonio|discapacidad|depresión|duelo|familia
            |vida privada)
            | (?:está|estaba|estuvo|estado|cayó) (?:\w+ )?(?:enferm[oa]|embarazada|deprimid[oa])
            | baja (?:médica|por enfermedad|maternal) | cáncer | infarto
            | (?:en el|ingresad[oa] en el) hospital | hospitalizad[oa] | ramadán | musulman(?:es|a|as)?
            | judí[oa]s? | católic[oa]s? | extranjer[oa]s? | en su país | gente como (?:usted|ustedes)
            | rumor(?:es)? .{0,40}
            | (?:hemos|he) (?:oído|escuchado) que (?:usted|ustedes
            |su empresa)? ?.{0,30}(?:quiebra|quebrar|mal|problemas|cerrar)
            | al borde de la (?:quiebra|ruina) | (?:casi|pronto) en quiebra | en quiebra | dicen que
            | se comenta | según dicen | por ahí se dice
            | (?:ni|no) (?:pueden? )?pagan? a sus (?:propios )?(?:empleados|trabajadores) | fallecimiento
            | funeral | problemas (?:personales|familiares)
            | (?:que|sabemos|oído|entendemos) .{0,50}(?:problemas|dificultades) (?:económic\w+
            |financier\w+|de liquidez|de tesorería|de dinero)
            | sus (?:problemas|dificultades) (?:económic\w+|financier\w+|de liquidez|de tesorería)
            | cerca de la (?:quiebra|bancarrota) | bancarrota | su (?:madre|padre|hijo|hija|edad)
            | (?:dicen|comentan|cuentan|se rumorea|me han contado|nos han contado) (?:por ahí|que)
            | de baja por (?:enfermedad|depresión|estrés|ansiedad|maternidad|paternidad) | divorcio
            | depresión
            | (?:al borde|a punto) de (?:la |el )?(?:quiebra|quebrar|cierre|cerrar|concurso|bancarrota)
        """,
        "Deje fuera lo personal; si hace falta, háblelo por teléfono.",
    ),
    "T14": Phrases(
        r"""
            vencid[oa]s? | atrasad[oa]s? | retraso | demora | recordatorios? | recordar(?:le|les)?
            | recordamos | impagad[oa]s? | impago | en mora | atrasos?
        """,
        "«vence el …»: todavía no hay retraso.",
    ),
    "S07": Phrases(
        r"""
            ofertas? (?:especial(?:es)?|exclusivas?|limitadas?|de (?:verano|primavera|otoño
            |invierno|bienvenida)) | promoción | promociones | \d+ ?% (?:de )?(?:descuento|dto)
            | descuentos? (?:en|sobre|para) (?:su|sus|todos?|nuestr\w+|la|el|toda)
            | (?:nuestra|la) nueva (?:colección|gama|línea) | nuestro nuevo catálogo | boletín | newsletter
            | código (?:promocional|de descuento) | cupón | vale de | suscríb\w+ | compre (?:ahora|ya)
            | pida (?:ahora|ya|hoy) | prueba gratuita | prueba gratis | envío gratis | gratis | black friday
            | visite (?:nuestra|nuestro) (?:tienda|web|showroom|stand|exposición) | rebajas
            | hasta fin de existencias | no se (?:lo|la) pierda | aproveche
            | descubra (?:nuestr\w+|la nueva|el nuevo) | \d+ ?% (?:de )?(?:descuento|rebaja|dto|menos)
            | (?:pruebe|descubra|conozca|disfrute|consiga) (?:ya |ahora |gratis )?(?:nuestr\w+
            |la nueva|el nuevo) | solicite (?:una|su) (?:demo|demostración|prueba|oferta) | síganos
            | grandes ofertas
        """,
        "Quítelo: un recordatorio que vende algo es publicidad.",
    ),
    "R02": Phrases(
        r"""
            susodich[oa]s? | antedich[oa]s? | arriba (?:mencionad|indicad|referenciad)[oa]s?
            | precitad[oa]s? | por la presente | la presente | el abajo firmante | los abajo firmantes
            | en virtud de | al amparo de | a tenor de | no obstante lo anterior | sin perjuicio
            | a los efectos oportunos | adeudad[oa]s? | adeuda | obligaciones dinerarias
            | dich[oa] (?:importe|cantidad|suma|deuda) | otrosí | ruego tengan a bien | sírvase(?:n)?
            | tenga a bien | (?:el mismo|la misma)(?=\s*[.,;:)]) | de conformidad con | hacer efectiv[oa]
            | referid[oa]s?
        """,
        "Dígalo con sencillez: «pagar», «esta factura», «antes de».",
    ),
}
