"""The operations on what is clinical: $validate, $populate, $extract, $everything."""

from imparts.gateway.fhir_server.asking.everything import everything
from imparts.gateway.fhir_server.asking.extracting import extract
from imparts.gateway.fhir_server.asking.populating import populate
from imparts.gateway.fhir_server.asking.validating import validate
from imparts.gateway.fhir_server.operations import ANY_TYPE, Operation, register_operation

_SDC = "http://hl7.org/fhir/uv/sdc/OperationDefinition"
_FHIR = "http://hl7.org/fhir/OperationDefinition"

for _on in ("type", "instance"):
    register_operation(
        Operation(
            name="validate",
            types=(ANY_TYPE,),
            on=_on,
            answer=validate,
            letter="r",
            definition=f"{_FHIR}/Resource-validate",
            documentation="Its shape, and for answers everything that would be refused. Nothing "
            "is stored.",
        )
    )
    register_operation(
        Operation(
            name="populate",
            types=("Questionnaire",),
            on=_on,
            answer=populate,
            letter="r",
            definition=f"{_SDC}/Questionnaire-populate",
            documentation="An empty response about one person; nothing comes from earlier answers.",
        )
    )
    register_operation(
        Operation(
            name="extract",
            types=("QuestionnaireResponse",),
            on=_on,
            answer=extract,
            letter="r",
            definition=f"{_SDC}/QuestionnaireResponse-extract",
            documentation="What the answers come to, as Observations. Nothing is stored.",
        )
    )

register_operation(
    Operation(
        name="everything",
        types=("Patient",),
        on="instance",
        answer=everything,
        letter="r",
        definition=f"{_FHIR}/Patient-everything",
        documentation="All that this reader may see of one person, with _type, _since and _count.",
    )
)
