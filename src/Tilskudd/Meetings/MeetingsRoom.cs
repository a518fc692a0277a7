namespace Tilskudd.Meetings;

/// <summary>Puts the bodies' meetings into the application.</summary>
internal static class MeetingsRoom
{
    public static void AddMeetings(this IServiceCollection services)
    {
        services.AddSingleton<LeadMeeting>();
        services.AddSingleton<PlanMeeting>();
        services.AddSingleton<CallMeeting>();
        services.AddSingleton<HoldMeeting>();
        services.AddSingleton<ReadMeeting>();
        services.AddSingleton<SignMeeting>();
    }

    public static void MapMeetings(this IEndpointRouteBuilder app)
    {
        app.MapMeetingPlans();
        app.MapMeetingActs();
    }
}
