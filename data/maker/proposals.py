"""Layers `enclaves-as-held` and `enclaves-restored`: two illustrations at equal size, proposed by no party."""

from . import enclaves

PROPOSED_BY = "arithmetic illustration, proposed by no party"


def as_held(states) -> list:
    return [land("as-held", key, states, to=enclaves.CONTROL[key][0], note=AS_HELD) for key in enclaves.NAMES]


def restored(states) -> list:
    return [land("restored", key, states, to=enclaves.owner_and_host(key)[0], note=RESTORED) for key in enclaves.NAMES]


AS_HELD = {
    True: "Passes to the party reported to hold it today.",
    False: "Reported held by its parent today: nothing passes.",
}
RESTORED = {
    True: "Administered by its parent, as on the map: nothing passes from the parent. Held by the other party today.",
    False: "Administered by its parent, as on the map: nothing passes from the parent. Reported held by the parent today.",
}


def land(prefix, key, states, to, note):
    parent, host = enclaves.owner_and_host(key)
    controlled_by = enclaves.CONTROL[key][0]
    properties = {
        "id": f"{prefix}-{key}",
        "name": enclaves.NAMES[key],
        "kind": "proposal",
        "status": "proposed",
        "from": parent,
        "to": to,
        "parent": parent,
        "host": host,
        "controlled_by": controlled_by,
        "enclave": key,
        "proposed_by": PROPOSED_BY,
        "note": note[controlled_by != parent],
    }
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [states.rings[key]]}}
