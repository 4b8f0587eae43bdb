"""The participant's pages: one section for each thing a participant comes for. No section knows another."""
