"""A small signed ID-porten of our own, for trying and testing without the network.

It speaks what ID-porten speaks (discovery, PAR, private_key_jwt, PKCE, signed tokens, three kinds of sign-out) and can
be told to make mistakes (`faults`). It knows nothing of the portal and refuses to be reachable from other machines.
One process only: it remembers in memory. Serve it with `gunicorn --threads 4 'portal.demo.idporten:wsgi()'`.
"""

from .app import create_demo_idporten, wsgi
from .config import Config, NotOnThisMachine, Person, RegisteredClient, for_portal, read

__all__ = [
    "Config",
    "NotOnThisMachine",
    "Person",
    "RegisteredClient",
    "create_demo_idporten",
    "for_portal",
    "read",
    "wsgi",
]
