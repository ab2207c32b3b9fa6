"""The HTTP resources of the wire contract, a module each; they hold no rule."""
