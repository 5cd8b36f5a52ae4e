"""An invented world told without a contradiction, and errors planted into it; knows nothing of `garant.reconcile`."""
