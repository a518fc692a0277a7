using Tilskudd;
using Tilskudd.Verbs;

return await CommandLine.Run(args, Composition.BuiltIn);
