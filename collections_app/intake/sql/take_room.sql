-- Gives the statements of one import room to sort and join in memory, until the transaction ends. Compiling them would
-- take longer than running them. No parameters.
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off
