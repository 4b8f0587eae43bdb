"""Addresses of leave: a request step by step, and what was sent."""

from flask import Blueprint

from portal.participant.leave import sent, steps

blueprint = Blueprint("leave", __name__, url_prefix="/permisjon")

blueprint.get("")(sent.index)
blueprint.get("/ny")(steps.new)
blueprint.post("/ny")(steps.begin)
blueprint.get("/ny/permisjon")(steps.new_leave)
blueprint.get("/ny/<group>")(steps.new_in_group)
blueprint.get("/ny/<uuid:public_id>/dager")(steps.days)
blueprint.post("/ny/<uuid:public_id>/dager")(steps.keep_days)
blueprint.post("/ny/<uuid:public_id>/dager/anslag")(steps.preview)
blueprint.get("/ny/<uuid:public_id>/betyr")(steps.means)
blueprint.post("/ny/<uuid:public_id>/betyr")(steps.send)
blueprint.get("/ny/<uuid:public_id>/i-dag")(steps.today)
blueprint.post("/ny/<uuid:public_id>/i-dag")(steps.send_today)
blueprint.get("/<uuid:public_id>")(sent.show)
blueprint.get("/<uuid:public_id>/kvittering")(sent.receipt)
blueprint.get("/<uuid:public_id>/trekk")(sent.ask_to_withdraw)
blueprint.post("/<uuid:public_id>/trekk")(sent.withdraw)
