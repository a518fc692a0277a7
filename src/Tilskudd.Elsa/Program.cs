using Tilskudd.Elsa;
using Tilskudd.Verbs;

return await CommandLine.Run(args, ElsaComposition.Instance);
