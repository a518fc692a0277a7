using Microsoft.Extensions.DependencyInjection.Extensions;
using Tilskudd.Clockwork;
using Tilskudd.Notices.Inbound;

namespace Tilskudd.Notices;

/// <summary>Puts the mails into the application.</summary>
internal static class NoticesRoom
{
    public static void AddNotices(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<SecretSource>();
        services.AddSingleton<Links>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<MailRenderer>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<ISweep, OutboxSweep>();
        services.AddSingleton<ISweep, InboundSweep>();
        services.AddSingleton<ReadNews>();

        // Without a room that knows runs, no task waits.
        services.TryAddSingleton<FindWaitingTask>((_, _, _, _, _, _) => Task.FromResult<WaitingTask?>(null));
    }
}
