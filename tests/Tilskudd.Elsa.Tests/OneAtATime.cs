// Hangfire keeps its log for the whole process. Of two applications side by side, the one that was set up last takes the log with it when it ends, and the other's
// recurring jobs fail until they are switched off.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
