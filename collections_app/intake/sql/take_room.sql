-- Gives the statements of one import room to sort and join in memory, until the transaction ends. Compiling them would
-- take longer than running them, and a small sample of rows says enough of tables that are read whole. No parameters.
SET LOCAL default_statistics_target = 10;
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off
