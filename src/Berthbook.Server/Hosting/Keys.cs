using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Berthbook.Server.Hosting;

static class Keys
{
    /// <summary>
    /// No form changes anything yet, so no key needs to outlive the process, and none is made at start: making them costs
    /// a tenth of a second and leaves files in the home folder.
    /// </summary>
    public static void KeepNoKeys(this IServiceCollection services)
    {
        services.Replace(
            ServiceDescriptor.Singleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
        );
        var maker = services.Single(service =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(EphemeralDataProtectionProvider).Assembly
        );
        services.Remove(maker);
    }
}
