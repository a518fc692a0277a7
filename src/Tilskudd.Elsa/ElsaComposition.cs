using Tilskudd.Cycle.Steps;
using Tilskudd.Elsa.Clockwork;
using Tilskudd.Elsa.Engine;
using Tilskudd.Elsa.Mail;
using Tilskudd.Elsa.Studio;
using Tilskudd.Workflows;

namespace Tilskudd.Elsa;

/// <summary>The application on Elsa, Hangfire and MailKit: the same pages, rules, tables and verbs on other parts.</summary>
internal static class ElsaComposition
{
    public static Composition Instance { get; } = new("Elsa, Hangfire and MailKit", static (services, settings) =>
    {
        services.AddSingleton<IEngine>(provider => new ElsaEngine(CycleSteps.Catalogue, provider.GetRequiredService<TimeProvider>()));
        HangfireClockwork.AddTo(services, settings);
        services.AddMailKit(settings.Mail);
    })
    {
        Pages = HangfireClockwork.Map,
        Verbs = [StudioVerb.Verb],
    };
}
