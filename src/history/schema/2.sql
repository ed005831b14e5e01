-- Version 2: what a check noticed, which tells nobody, is owed to the channels of the next run that has any.
ALTER TABLE drift ADD COLUMN owed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX drift_owed ON drift (owed, run);
