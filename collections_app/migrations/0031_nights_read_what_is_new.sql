-- Every night writes nearly all positions and entries again. With half of each page left free the new version of a row
-- lies beside the old one and no index learns of it; the next night finds the place of the one before free.
-- What stands already keeps its pages until it is written again.
ALTER TABLE customer_position SET (fillfactor = 45);
ALTER TABLE chase_entry SET (fillfactor = 45);
