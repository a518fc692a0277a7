using Tilskudd.Verbs;

return await CommandLine.Run(args);
