"""Every approval of the house in one table: who asked, who decides, in whose right, and what came of it (DESIGN section 4, GEN-02)."""
