using System.Collections;
using Tilskudd.Clockwork;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;
using Tilskudd.Setup;
using Tilskudd.Verbs;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Runs;

namespace Tilskudd;

/// <summary>What the application's three ports stand on: the flow engine, the clockwork that runs the sweeps, and the mailer.</summary>
/// <param name="Name">For the operator.</param>
/// <param name="Ports">Puts the three in.</param>
internal sealed record Composition(string Name, Action<IServiceCollection, Settings> Ports)
{
    /// <summary>Pages the parts bring with them; they answer behind the application's own sign-in.</summary>
    public Action<WebApplication> Pages { get; init; } = static _ => { };

    /// <summary>What is set and cannot be kept by these parts, in Norwegian sentences.</summary>
    public Func<Settings, IEnumerable<SettingFault>> Faults { get; init; } = static _ => [];

    /// <summary>Verbs that only this composition has; they stand after the others.</summary>
    public IReadOnlyList<Verb> Verbs { get; init; } = [];

    /// <summary>Needs nothing beyond the registry: our own runner, one background loop, a folder or our own SMTP client.</summary>
    public static Composition BuiltIn { get; } = new("built-in", static (services, settings) =>
    {
        services.AddSingleton<IEngine, Runner>();
        services.AddHostedService<BackgroundLoop>();
        services.AddSingleton<IMailer>(parts => settings.Mail.Kind switch
        {
            MailKind.Folder => new FolderMailer(settings.Mail.Folder),
            MailKind.Smtp => new SmtpMailer(settings.Mail, parts.GetRequiredService<TimeProvider>()),
        });
        services.AddSingleton<IInbound>(parts => new FolderInbound(settings.Mail.Inbound.Folder, parts.GetRequiredService<ILogger<FolderInbound>>()));
    })
    {
        Faults = static settings => NeedsMailKit(settings.Mail),
    };

    /// <summary>Reads what an operator has set, as <see cref="Settings.Read"/>, and sees that these parts can keep it.</summary>
    public (Settings? Settings, IReadOnlyList<SettingFault> Faults) Read(IEnumerable<KeyValuePair<string, string?>> commandLine, IDictionary environment, string folder)
    {
        var (settings, faults) = Settings.Read(commandLine, environment, folder);
        IReadOnlyList<SettingFault> own = settings is null ? [] : [.. Faults(settings)];
        return own.Count == 0 ? (settings, faults) : (null, own);
    }

    private static IEnumerable<SettingFault> NeedsMailKit(MailSettings mail)
    {
        if (mail.OAuth is not null)
        {
            yield return new("Mail:OAuth:TokenEndpoint", "Mail:OAuth:TokenEndpoint er satt, men OAuth til e-post finnes bare i Tilskudd.Elsa. Start den i stedet, eller sett et passord.");
        }

        if (mail.Inbound.Server is not null)
        {
            yield return new("Mail:Inbound", "Mail:Inbound er en postkasse (imaps://…), men det finnes bare i Tilskudd.Elsa. Start den i stedet, eller oppgi en mappe.");
        }
    }
}
